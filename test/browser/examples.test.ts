import { readExamples } from '../host/demo';
import { openStage, type Stage } from './stage';

describe('the Execute button', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 240_000);
  afterAll(async () => await stage.close(), 60_000);

  it.each(readExamples())(
    'E8: of "$name" ends green, without anything to set',
    async ({ id }) => {
      const { editor } = stage;
      const { page } = editor;
      await editor.watched(`example-${id}`, async () => {
        await editor.openWorkflow(id);
        await page.getByText('Try it.').first().waitFor();
        await editor.executeWorkflow();
        // A step that failed and was told to go on is no success.
        await page.locator('[data-test-id="canvas-node-status-success"]').first().waitFor();
        expect(await page.locator('[data-test-id="node-issues"], [data-test-id="canvas-node-status-error"]').count()).toBe(0);
        await editor.closeMessages();
      });
    },
    90_000,
  );
});
