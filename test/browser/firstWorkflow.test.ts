import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Hand, type Effort } from './hand';
import { openStage, type Stage } from './stage';

const AMY = 'amy.dakota@mail.com';
const GUIDE = path.resolve(__dirname, '../../docs/guides/first-workflow.md');

/** What the guide says that a task takes. */
function toldEffort(task: string): Effort | undefined {
  const [, clicks, drags] = new RegExp(`^\\| ${task} \\| (\\d+) \\| (\\d+) \\|`, 'm').exec(readFileSync(GUIDE, 'utf8')) ?? [];
  return clicks === undefined ? undefined : { clicks: Number(clicks), drags: Number(drags) };
}

describe('a first workflow, from an empty canvas', () => {
  let stage: Stage;
  let hand: Hand;
  beforeAll(async () => {
    stage = await openStage();
    hand = new Hand(stage.editor.page);
  }, 240_000);
  afterAll(async () => await stage.close(), 60_000);

  const node = () => stage.editor.page.getByTestId('node-creator-item-name').filter({ hasText: /^Adobe Campaign Profile$/ });
  const action = (name: string) => stage.editor.page.getByTestId('node-creator').getByText(name, { exact: true }).first();
  const profile = () => stage.editor.page.getByTestId('resource-locator-profile');
  const inputField = (name: string) => stage.editor.page.getByTestId('ndv-input-panel').getByText(name, { exact: true }).first();
  const search = async (text: string): Promise<void> => await stage.editor.page.getByTestId('node-creator-search-bar').fill(text);

  /** Back to the canvas, and another step behind the one that is there. */
  const addStepBehind = async (name: string, next: string): Promise<void> => {
    const { editor } = stage;
    const back = editor.page.getByTestId('ndv-close-button');
    if (await back.isVisible()) await hand.click(back);
    await hand.click(editor.step(name).getByTestId('canvas-handle-plus'));
    await search('adobe campaign');
    await hand.click(node());
    await hand.click(action(next));
    await editor.page.getByTestId('ndv').waitFor();
  };
  const dragEmail = async (onArrival?: () => Promise<void>): Promise<void> => {
    await hand.drag(inputField('email'), profile().getByTestId('rlc-input-container'), onArrival);
    await profile().getByText('$json.email').first().waitFor();
  };
  const execute = async (): Promise<void> => await hand.click(stage.editor.page.getByTestId('node-execute-button'));

  it('finds a profile', async () => {
    const { editor, host } = stage;
    const { page } = editor;
    await editor.watched('first-get', async () => {
      await page.goto(`${host.url}/workflow/new`);
      await hand.click(page.getByTestId('canvas-add-button'));
      await search('adobe campaign');
      await hand.click(node());
      // On an empty canvas n8n shows the triggers first.
      await hand.click(page.getByTestId('node-creator').getByText(/^Actions \(\d+\)/));
      await hand.click(action('Get profile'));
      await hand.click(profile().getByTestId('rlc-input-container'));
      await page.getByTestId('rlc-search').fill('amy dakota');
      await hand.click(page.getByTestId('rlc-item').filter({ hasText: `Amy Dakota (${AMY})` }));
      await execute();
      await editor.output.getByText('1980-10-24').waitFor();
    });
    expect(hand.effort()).toEqual(toldEffort('Find one profile \\(\\*Get\\*\\)'));
  }, 90_000);

  it('E2: changes a field of the profile whose email was dragged', async () => {
    const { editor, simulator } = stage;
    const { page } = editor;
    await editor.watched('first-update', async () => {
      await addStepBehind('Get profile', 'Update profile');
      await editor.closeMessages();
      await dragEmail(async () => await stage.picture('drag-email'));
      // The form is there at once, though n8n asks for it before it has chosen the credential.
      await hand.click(page.getByTestId('add-fields-select').getByRole('button'));
      await hand.click(page.getByText('Phone', { exact: true }).last());
      await hand.enter(page.getByTestId('parameter-input-phone').locator('input, textarea, [contenteditable]').first(), '3301020304');
      await execute();
      await editor.output.getByText('3301020304').first().waitFor();
      await editor.closeMessages();
      await stage.picture('update-form');
    });
    expect(simulator.profiles.byEmail(AMY)[0]?.phone).toBe('3301020304');
    expect(hand.effort()).toEqual(toldEffort('Change one field of it \\(\\*Update\\*\\)'));
  }, 90_000);

  it('looks again', async () => {
    const { editor } = stage;
    await editor.watched('first-get-again', async () => {
      await addStepBehind('Update profile', 'Get profile');
      // Update hands on the key of the profile and the fields that were written.
      await hand.drag(inputField('PKey'), profile().getByTestId('rlc-input-container'));
      await profile().getByText('$json.PKey').first().waitFor();
      await execute();
      await editor.output.getByText('3301020304').first().waitFor();
      await editor.output.getByText(AMY).first().waitFor();
    });
    expect(hand.effort()).toEqual(toldEffort('Look again \\(\\*Get\\*\\)'));
  }, 90_000);

  it('unsubscribes somebody from everything', async () => {
    const { editor, simulator } = stage;
    await editor.watched('first-unsubscribe', async () => {
      await hand.click(editor.page.getByTestId('ndv-close-button'));
      // The last step has run out of sight.
      await hand.click(editor.page.getByTestId('zoom-to-fit'));
      await addStepBehind('Get profile1', 'Unsubscribe profile from everything');
      await dragEmail();
      await execute();
      await editor.output.getByText('blackListEmail').first().waitFor();
    });
    expect(simulator.profiles.byEmail(AMY)[0]?.blackListEmail).toBe(true);
    expect(hand.effort()).toEqual(toldEffort('Unsubscribe somebody from everything'));
  }, 90_000);
});
