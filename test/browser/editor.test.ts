import type { Simulator } from '../simulator';
import type { Editor } from './editor';
import { openStage, type Stage } from './stage';

describe("n8n's editor, used as a person would", () => {
  let stage: Stage;
  let simulator: Simulator;
  let editor: Editor;

  beforeAll(async () => {
    stage = await openStage();
    ({ simulator, editor } = stage);
  }, 240_000);
  afterAll(async () => await stage.close(), 60_000);

  const picture = async (name: string): Promise<void> => {
    await editor.closeMessages();
    await stage.picture(name);
  };

  it('shows what Get will return before anything has run', async () => {
    await editor.watched('preview', async () => {
      await editor.openWorkflow('adobeCampaignGetUpdateGet');
      await editor.openStep('Update phone');
      const input = editor.page.getByTestId('ndv-input-panel');
      for (const field of ['email', 'firstName', 'phone', 'PKey']) await input.getByText(field, { exact: true }).first().waitFor();
    });
  }, 90_000);

  it("builds the form of Update from Campaign's own fields and choices", async () => {
    await editor.watched('form', async () => {
      const { page } = editor;
      await page.getByTestId('add-fields-select').getByRole('button').click();
      for (const label of ['Birth date', 'First name', 'Gender', 'No longer contact by email']) {
        await page.getByText(label, { exact: true }).first().waitFor();
      }
      await page.getByText('Gender', { exact: true }).first().click();
      await page.getByTestId('parameter-input-gender').click();
      for (const choice of ['Unspecified', 'Male', 'Female']) await page.getByRole('option', { name: choice, exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('remove-field-button-gender').click();
      await page.getByTestId('parameter-input-gender').waitFor({ state: 'detached' });
      await editor.closeStep();
    });
  }, 90_000);

  it('executes the workflow and shows the new phone in the output', async () => {
    await editor.watched('execute', async () => {
      await editor.executeWorkflow();
      await editor.openStep('Get profile again');
      await editor.output.getByText('JSON', { exact: true }).click();
      await editor.output.getByText('3301020304').waitFor();
      await editor.output.getByText('amy.dakota@mail.com').waitFor();
      await picture('get-update-get');
      await editor.closeStep();
    });
    expect(simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
  }, 90_000);

  it('finds a profile in the list by typing its name', async () => {
    await editor.watched('list', async () => {
      const { page } = editor;
      await editor.openStep('Get profile again');
      const parameter = page.getByTestId('parameter-item').filter({ has: page.getByTestId('resource-locator-profile') });
      await parameter.hover();
      await parameter.getByTestId('radio-button-fixed').click();
      await page.getByTestId('rlc-mode-selector').click();
      await page.getByTestId('mode-list').click();
      await page.getByTestId('rlc-input-container').click();
      await page.getByTestId('rlc-search').fill('dako');
      await page.getByTestId('rlc-item').filter({ hasText: 'Amy Dakota (amy.dakota@mail.com)' }).click();
      await page.getByTestId('node-execute-button').click();
      await editor.output.getByText('1980-10-24').waitFor();
      await editor.closeStep();
    });
  }, 90_000);

  it('shows a form to match on a column', async () => {
    await editor.watched('match', async () => {
      const { page } = editor;
      await editor.openNewStep('Match', { resource: 'profile', operation: 'update', identifyBy: 'matchingColumn' });
      await page.getByText('Column to match on').waitFor();
      await page.getByText('PKey (using to match)').waitFor();
      await page.getByTestId('add-fields-select').waitFor();
      await editor.closeStep();
    });
  }, 90_000);

  it('shows the form as soon as an option says so, whatever an earlier version has stored beside it', async () => {
    await editor.watched('former', async () => {
      const { page } = editor;
      await editor.openNewStep('Former', { resource: 'profile', operation: 'update', fieldsFrom: 'json', fieldsJson: '{ "phone": "1" }' });
      await page.getByTestId('parameter-input-fieldsJson').waitFor();
      await page.getByTestId('collection-parameter-add').click();
      await page.getByTestId('collection-parameter-option').filter({ hasText: 'Fields From' }).click();
      await page.getByTestId('add-fields-select').waitFor();
      await page.getByTestId('parameter-input-fieldsJson').waitFor({ state: 'detached' });
      await editor.closeStep();
    });
  }, 90_000);

  it('offers filters of the instance and shows the profiles that match', async () => {
    await editor.watched('filter', async () => {
      const { page } = editor;
      // A list that is opened while its choices are on their way closes again.
      const choices = page.waitForResponse(/dynamic-node-parameters\/options/);
      await editor.openNewStep('Find', {
        resource: 'profile',
        operation: 'getAll',
        returnAll: true,
        filters: { byName: [{ name: '', parameters: {} }] },
      });
      await choices;
      await page.getByTestId('parameter-input-name').first().click();
      await page.getByRole('option', { name: 'By name or email (byText)' }).click();
      await page.getByText('Add parameter').click();
      await page.getByPlaceholder('e.g. amount').fill('text');
      await page.getByPlaceholder('e.g. 100').fill('Dako');
      await page.getByTestId('node-execute-button').click();
      await editor.output.getByText('1980-10-24').waitFor();
      await editor.closeStep();
    });
  }, 90_000);

  it('creates a profile with the email that the form matches on', async () => {
    await editor.watched('upsert', async () => {
      const { page } = editor;
      await editor.openNewStep('Upsert', { resource: 'profile', operation: 'upsert' });
      await page.getByText('Email (using to match)').waitFor();
      await page.getByTestId('parameter-input-email').locator('input, textarea').first().fill('browser@mail.com');
      await page.getByTestId('node-execute-button').click();
      await editor.output
        .getByText(/^"?created"?$/)
        .first()
        .waitFor();
      await picture('create-or-update');
      await editor.closeStep();
    });
    expect(simulator.profiles.byEmail('browser@mail.com')).toHaveLength(1);
  }, 90_000);

  it('subscribes the profile and to the service that were picked from lists', async () => {
    await editor.watched('subscribe', async () => {
      const { page } = editor;
      await editor.openNewStep('Subscribe', { resource: 'subscription', operation: 'subscribe' });
      for (const [locator, typed, item] of [
        ['profile', 'dako', 'Amy Dakota (amy.dakota@mail.com)'],
        ['service', 'weekly', 'weekly_offers'],
      ] as const) {
        const chooser = page.getByTestId(`resource-locator-${locator}`);
        await chooser.getByTestId('rlc-input-container').click();
        await page.getByTestId('rlc-search').fill(typed);
        await page.getByTestId('rlc-item').filter({ hasText: item }).click();
      }
      await page.getByTestId('node-execute-button').click();
      await editor.output
        .getByText(/^"?subscribed"?$/)
        .first()
        .waitFor();
      await editor.closeStep();
    });
    expect(simulator.subscriptions.all()).toHaveLength(1);
  }, 90_000);

  it('tests the credential where it is edited', async () => {
    await editor.watched('credential', async () => {
      await editor.openWorkflow('adobeCampaignGetUpdateGet');
      await editor.openStep('Get profile');
      await editor.page.getByTestId('credential-edit-button').click();
      await editor.page.getByText('Connection tested successfully').waitFor();
    });
  }, 90_000);
});
