/** Takes the pictures of `docs/before-and-after.md` that show an older package: `tsx scripts/picturesBefore.ts FOLDER` (built). */
import path from 'node:path';

import { csvWorkflow, getAndGetWorkflow } from '../test/browser/workflows';
import { Hand } from '../test/browser/hand';
import { openStage, type Stage } from '../test/browser/stage';

const PICTURES = path.resolve(__dirname, '../docs/images');
const SOON = { timeout: 10_000 };

async function takeAll({ editor, host }: Stage): Promise<void> {
  const { page } = editor;
  const take = async (name: string): Promise<void> => {
    await editor.closeMessages();
    await editor.screenshot(path.join(PICTURES, `before-${name}.png`));
  };
  await page.goto(`${host.url}/workflow/new`);
  await page.getByTestId('canvas-add-button').click();
  await page.getByTestId('node-creator-search-bar').fill('adobe campaign');
  await page
    .getByTestId('node-creator-item-name')
    .filter({ hasText: /Adobe Campaign Profile/ })
    .first()
    .waitFor();
  await take('nodes-panel');
  await page.keyboard.press('Escape');

  await editor.openNewStep('Update', { resource: 'profile', operation: 'update' });
  await page.getByText('Options', { exact: true }).first().waitFor(SOON);
  await take('update-form');

  const { id: dragging } = await host.client.createWorkflow(getAndGetWorkflow());
  await editor.openWorkflow(dragging);
  await editor.openStep('Get profile');
  await page.getByTestId('node-execute-button').click();
  await editor.output.getByText('1980-10-24').first().waitFor();
  await editor.closeStep();
  await editor.openStep('Get profile again');
  await editor.closeMessages();
  const email = page.getByTestId('ndv-input-panel').getByText('email', { exact: true }).first();
  await new Hand(page).drag(email, page.getByTestId('resource-locator-profile').getByTestId('rlc-input-container'));
  await page.getByTestId('node-execute-button').click();
  await editor.output.getByText('Error details').or(editor.output.getByText('1980-10-24')).first().waitFor();
  await take('drag-email');

  const { id } = await host.client.createWorkflow(csvWorkflow({}));
  await editor.openWorkflow(id);
  await page.getByTestId('execute-workflow-button').click();
  await page
    .getByText(/Problem in node|Workflow executed successfully/)
    .first()
    .waitFor();
  await editor.openStep('Create or update profiles');
  await take('csv-run');
}

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('Give the folder of an older, built package');
  const stage = await openStage(path.resolve(folder));
  try {
    await takeAll(stage);
  } finally {
    await stage.close();
  }
}

void main();
