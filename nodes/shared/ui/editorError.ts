import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { CampaignError } from '../campaign/error';
import { escapeHtml } from '../execution/nodeError';

/** What happened and what to do next: of a form the editor shows nothing else, and it shows it as HTML. */
export function editorMessage(error: unknown): string {
  return escapeHtml(error instanceof Error ? error.message : String(error));
}

/**
 * Runs what fills a list or form in the editor, where a message has one line to be understood.
 *
 * @throws NodeOperationError with what happened and what to do next
 */
export async function inEditor<Result>(context: ILoadOptionsFunctions, task: () => Promise<Result>): Promise<Result> {
  return await task().catch((error: unknown) => {
    if (!(error instanceof CampaignError)) throw error;
    const shown = new NodeOperationError(context.getNode(), error.message, { description: error.description });
    // Set afterwards: n8n replaces messages in which it believes to see a network code such as EPERM.
    shown.message = withUnbrokenHyphens(`${error.message}. ${error.description}`);
    throw shown;
  });
}

/** The editor takes a message of a list apart at its hyphens, and puts blanks in their place. This one looks alike and stays. */
function withUnbrokenHyphens(text: string): string {
  return text.replace(/-/g, '\u2011');
}
