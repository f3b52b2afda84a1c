import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { accessHeaders, checkAccess } from '../campaign/access/accessHeaders';
import { cleanSecret } from '../campaign/access/cleanSecret';
import { Secrets } from '../campaign/access/secrets';
import { CampaignClient } from '../campaign/client';
import { CREDENTIAL_TYPE, parseInstance, type CampaignInstance } from '../campaign/instance';
import { connectionsTo } from '../transport/http/connections';
import { gateFor } from '../transport/pace/gate';
import { hostTransport } from '../transport/http/hostTransport';
import type { Caps } from '../transport/pace/lane';
import { PooledSender } from '../transport/http/pooledSender';
import { RenewingTransport } from '../transport/http/renewingTransport';
import { Requester } from '../transport/requester';
import type { Transport } from '../transport/transport';

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
 * @throws CampaignError `invalidInput` when the credential's addresses or values cannot be used
 */
export async function openClient(
  context: ClientContext,
  timeoutSeconds: number = DEFAULT_TIMEOUT_SECONDS,
  signal?: AbortSignal,
  caps?: Caps,
): Promise<CampaignClient> {
  const readCredential = async () => await context.getCredentials(CREDENTIAL_TYPE);
  const credential = await readCredential();
  const instance = parseInstance(credential);
  checkAccess(credential);
  const transport = await openTransport(context, instance, timeoutSeconds * 1000, signal, cleanSecret(credential.apiKey));
  const gate = gateFor(`${instance.baseUrl}/${instance.organization}`);
  return new CampaignClient(instance, new Requester(transport, gate.lane(caps, signal), signal), new Secrets(credential, readCredential));
}

/** Connections that stay open where this n8n has what they need; n8n's own helper where it has not. */
async function openTransport(
  context: ClientContext,
  { baseUrl }: CampaignInstance,
  timeoutMilliseconds: number,
  signal: AbortSignal | undefined,
  apiKey: string,
): Promise<Transport> {
  const host = hostTransport(context, CREDENTIAL_TYPE, timeoutMilliseconds, signal, apiKey);
  const connections = connectionsTo(context, baseUrl);
  if (!connections) return host;
  const pool = new PooledSender(connections, timeoutMilliseconds, signal);
  const readAccess = async () => accessHeaders(await context.getCredentials(CREDENTIAL_TYPE));
  return new RenewingTransport(host, pool, readAccess, signal);
}
