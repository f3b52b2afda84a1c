import { csvWorkflow } from './workflows';
import { openStage, type Stage } from './stage';

describe('an import, as somebody looks at it in the editor', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 240_000);
  afterAll(async () => await stage.close(), 60_000);

  const hint = (text: string | RegExp) => stage.editor.output.getByText(text).first();
  const run = async (id: string, name: string): Promise<void> => {
    const { editor } = stage;
    await editor.openWorkflow(id);
    await editor.executeWorkflow();
    await editor.openStep(name);
    await editor.closeMessages();
  };

  it('E4, E6: takes a CSV with headers and dates as people write them, and says which column went to which field', async () => {
    const { editor, host, simulator } = stage;
    const { id } = await host.client.createWorkflow(csvWorkflow({ dateOrder: 'dayFirst', unknownColumns: 'leaveOut' }));
    await editor.watched('csv', async () => {
      await run(id, 'Create or update profiles');
      await hint(/E-Mail → email/).waitFor();
      await hint(/Birth date → birthDate/).waitFor();
      await hint(/LAST_NAME → lastName/).waitFor();
      await hint(/no fields of Campaign: Comment/).waitFor();
      await hint(/3 items: .*2 created.* requests were made/).waitFor();
      await stage.picture('csv-run');
      await editor.closeStep();
    });
    expect(simulator.profiles.byEmail('nora.berg@mail.com')[0]).toMatchObject({ lastName: 'Berg', birthDate: '1990-02-01' });
  }, 90_000);

  it('shows what an import would do, in words and as a table', async () => {
    const { editor, simulator } = stage;
    const before = simulator.stats.writesApplied;
    await editor.watched('preview-import', async () => {
      await run('adobeCampaignPreviewImport', 'Preview import');
      await hint(/^Preview: .* would be updated, 1 created.*nothing was written/).waitFor();
      await editor.output.getByText('wouldCreate').first().waitFor();
      await stage.picture('preview-run');
      await editor.closeStep();
      await editor.openStep('Table of changes');
      await editor.closeStep();
    });
    expect(simulator.stats.writesApplied).toBe(before);
  }, 90_000);

  it('imports by night, and takes it back', async () => {
    const { editor, simulator } = stage;
    await editor.watched('undo-import', async () => {
      await run('adobeCampaignCsvImport', 'Create or update profiles');
      await hint(/1 created/).waitFor();
      await editor.closeStep();
      await stage.picture('nightly-import');
      expect(simulator.profiles.byEmail('new.customer@mail.com')).toHaveLength(1);

      await run('adobeCampaignUndoImport', 'Undo changes');
      await hint(/3 items: 3 restored/).waitFor();
      await editor.output.getByText('Table', { exact: true }).click();
      await stage.picture('undo-run');
      await editor.closeStep();
    });
    expect(simulator.profiles.byEmail('new.customer@mail.com')).toHaveLength(0);
    expect(simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('');
  }, 90_000);
});
