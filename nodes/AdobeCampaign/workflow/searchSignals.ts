import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findWorkflow, parseWorkflowId } from '../../shared/campaign/actions/workflows';
import { CampaignError } from '../../shared/campaign/error';
import { askInEditor } from '../../shared/ui/askInEditor';
import { has } from '../../shared/ui/editorSearch';

/** Fills the list of a workflow's external signals: those whose name has what was typed. */
export async function searchSignals(this: ILoadOptionsFunctions, typed?: string): Promise<INodeListSearchResult> {
  return await askInEditor(this, async (client) => {
    const id = parseWorkflowId(this.getCurrentNodeParameter('workflowId'));
    const { activities } = await findWorkflow(client, id);
    const signals = activities.filter(({ trigger }) => trigger !== undefined).map(({ name }) => name);
    if (signals.length === 0) throw noSignals(id);
    return { results: signals.filter((name) => has(name, typed)).map((name) => ({ name, value: name })) };
  });
}

function noSignals(id: string): CampaignError {
  return new CampaignError({
    reason: 'notFound',
    message: `Workflow '${id}' has no external signal activity`,
    description: 'Add one to the workflow in Campaign, and start it again.',
  });
}
