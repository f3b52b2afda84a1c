import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { CampaignClient } from '../campaign/client';
import { CREDENTIAL_TYPE, parseInstance } from '../campaign/instance';
import { gateFor } from '../transport/gate';
import { hostTransport } from '../transport/hostTransport';
import type { Caps } from '../transport/lane';
import { Requester } from '../transport/requester';

/** Gateways of sibling products cut requests after about a minute; waiting longer is not believed to bring anything. */
export const DEFAULT_TIMEOUT_SECONDS = 60;

/** Where n8n lets a node send requests: running a workflow, filling a list in the editor, polling. */
export type ClientContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/**
 * Opens Campaign with the node's credential. Nothing is sent yet.
 *
 * @param timeoutSeconds longest wait for one answer
 * @param signal stops everything that is under way
 * @param caps limits of this execution, besides those that were learned
 * @throws CampaignError `invalidInput` when the credential's addresses cannot be used
 */
export async function openClient(
  context: ClientContext,
  timeoutSeconds: number = DEFAULT_TIMEOUT_SECONDS,
  signal?: AbortSignal,
  caps?: Caps,
): Promise<CampaignClient> {
  const instance = parseInstance(await context.getCredentials(CREDENTIAL_TYPE));
  const transport = hostTransport(context, CREDENTIAL_TYPE, timeoutSeconds * 1000, signal);
  const gate = gateFor(`${instance.baseUrl}/${instance.organization}`);
  return new CampaignClient(instance, new Requester(transport, gate.lane(caps, signal), signal));
}
