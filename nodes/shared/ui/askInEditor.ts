import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { CampaignError } from '../campaign/error';
import { openClient } from '../execution/openClient';
import { TransportError } from '../transport/transport';
import { inEditor } from './editorError';

/** Somebody sits in front of the list, and it says nothing while it waits. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * Asks Campaign for what fills a list or form in the editor.
 *
 * @throws NodeOperationError with what happened and what to do next, after half a minute at the latest
 */
export async function askInEditor<Result>(
  context: ILoadOptionsFunctions,
  task: (client: CampaignClient) => Promise<Result>,
): Promise<Result> {
  return await inEditor(context, async () => {
    const end = AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1000);
    const client = await openClient(context, { signal: end });
    return await task(client).catch((error: unknown) => {
      throw end.aborted && error instanceof TransportError ? notInTime() : error;
    });
  });
}

function notInTime(): CampaignError {
  return new CampaignError({
    reason: 'unavailable',
    message: `Campaign has not answered within ${LONGEST_WAIT_SECONDS} seconds`,
    description: 'It may be busy, or be asking n8n to slow down: try again in a minute.',
  });
}
