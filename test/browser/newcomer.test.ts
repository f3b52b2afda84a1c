import { demoCredential } from '../host/demo';
import { fieldsToPaste } from '../host/invitation';
import { poll } from '../host/support/poll';
import { openStage, type Stage } from './stage';

describe('what a newcomer does first', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 240_000);
  afterAll(async () => await stage.close(), 60_000);

  it('E1: finds the nodes by name, each once, and sees what they can do', async () => {
    const { editor, host } = stage;
    const { page } = editor;
    await editor.watched('panel', async () => {
      await page.goto(`${host.url}/workflow/new`);
      await page.getByTestId('canvas-add-button').click();
      await page.getByTestId('node-creator-search-bar').fill('adobe campaign');
      const names = page.getByTestId('node-creator-item-name');
      await names.filter({ hasText: /^Adobe Campaign Profile$/ }).waitFor();
      expect(await names.filter({ hasText: /^Adobe Campaign Profile$/ }).count()).toBe(1);
      await names.filter({ hasText: /^Adobe Campaign Profile$/ }).click();
      const panel = page.getByTestId('node-creator');
      // On an empty canvas n8n shows the triggers first.
      await panel.getByText(/^Actions \(\d+\)/).click();
      for (const action of ['Get profile', 'Update profile', 'Create or update profile', 'Unsubscribe profile from everything']) {
        await panel.getByText(action, { exact: true }).first().waitFor();
      }
      await stage.picture('nodes-panel');
      await page.keyboard.press('Escape');
    });
  }, 90_000);

  it('E16: makes a credential from what npm start prints; E3: a wrong secret after a good one is told', async () => {
    const { editor, host, simulator } = stage;
    const { page } = editor;
    await editor.watched('credential-by-hand', async () => {
      await page.goto(`${host.url}/home/credentials`);
      await page
        .getByRole('button', { name: /create credential|add first credential/i })
        .first()
        .click();
      await page.getByTestId('new-credential-type-select').locator('input').fill('Adobe Campaign');
      await page.getByTestId('new-credential-type-select-option').filter({ hasText: 'Adobe Campaign API' }).click();
      await page.getByTestId('new-credential-type-button').click();
      const dialog = page.getByTestId('credential-edit-dialog');
      const enter = async (label: string, value: string) => {
        const parameter = dialog.getByTestId('parameter-item').or(dialog.getByTestId('credential-connection-parameter'));
        await parameter.filter({ hasText: label }).first().locator('input').first().fill(value);
      };
      const given = fieldsToPaste(demoCredential(simulator));
      for (const [label, value] of given) await enter(label, value);
      await stage.picture('credential');
      await page.getByTestId('credential-save-button').click();
      await page.getByText('Connection tested successfully').waitFor();

      await enter('Client Secret', 'not-the-secret');
      await page.getByTestId('credential-save-button').click();
      await dialog.getByText('More details').click();
      await page
        .getByText(/Copy 'Client Secret' again/)
        .first()
        .waitFor();

      // Put right again, for this credential is the one that n8n chooses for new steps from now on.
      await enter('Client Secret', new Map(given).get('Client Secret') ?? '');
      await page.getByTestId('credential-save-button').click();
      await page.getByText('Connection tested successfully').waitFor();
    });
  }, 90_000);

  it('gives an AI agent a tool, lets the model say whose profile, and tries it', async () => {
    const { editor, host } = stage;
    const { page } = editor;
    const { id } = await host.client.createWorkflow({
      name: 'Agent',
      nodes: [{ id: 'a', name: 'AI Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 2, position: [0, 0], parameters: {} }],
      connections: {},
    });
    await editor.watched('ai-tool', async () => {
      await editor.openWorkflow(id);
      // Until n8n knows what the agent takes in, the last handle is its output.
      await editor.step('AI Agent').getByText('Tool', { exact: true }).first().waitFor();
      await editor.step('AI Agent').getByTestId('canvas-handle-plus').last().click();
      await page.getByTestId('node-creator-search-bar').fill('adobe campaign');
      await page.getByTestId('node-creator-item-name').filter({ hasText: 'Adobe Campaign Profile Tool' }).first().waitFor();
      await stage.picture('ai-tool');

      await page.getByTestId('node-creator-item-name').filter({ hasText: 'Adobe Campaign Profile Tool' }).first().click();
      await page.getByTestId('from-ai-override-button').first().click();
      await page.getByTestId('fromAI-override-field').waitFor();
      // n8n leaves the list, which a model cannot choose from, for the mode that takes what a model says.
      const mode = page.getByTestId('rlc-mode-selector').locator('input').first();
      const isByEmail = async () => ((await mode.inputValue()) === 'By Email' ? true : undefined);
      expect(await poll(isByEmail, { withinMs: 10_000 })).toBe(true);
      await page.getByTestId('node-execute-button').click();
      const asked = page.getByTestId('fromAiParameters-modal');
      await asked.locator('input').first().fill('amy.dakota@mail.com');
      await asked.getByRole('button', { name: /execute step/i }).click();
      await editor.output.getByText('1980-10-24').waitFor();
    });
  }, 90_000);
});
