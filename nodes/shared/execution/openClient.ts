import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { accessHeaders, checkAccess } from '../campaign/access/accessHeaders';
import { cleanSecret } from '../campaign/secrets';
import { mindingIdentityService } from '../campaign/access/identityService';
import { Secrets } from '../campaign/secrets';
import { CampaignClient } from '../campaign/client';
import { CREDENTIAL_TYPE, parseInstance, type CampaignInstance } from '../campaign/instance';
import { collectionUrl, listPageUrl } from '../campaign/urls';
import { connectionsTo } from '../transport/http/connections';
import { gateFor } from '../transport/pace/gate';
import type { HostTime } from '../transport/http/hostTime';
import { hostTransport } from '../transport/http/hostTransport';
import type { Caps } from '../transport/pace/lane';
import { PooledSender } from '../transport/http/pooledSender';
import { RenewingTransport } from '../transport/http/renewingTransport';
import { Preview } from '../campaign/preview';
import { ReadingTransport } from '../transport/readingTransport';
import { Requester } from '../transport/requester';
import type { CampaignRequest, Transport } from '../transport/transport';

/** Gateways of sibling products cut requests after about a minute; waiting longer is not believed to bring anything. */
export const DEFAULT_TIMEOUT_SECONDS = 60;

/** How long an item waits for a Campaign that is away, and how long it may be told to: a workflow must end some day. */
export const DEFAULT_WAIT_SECONDS = 120;
export const LONGEST_WAIT_SECONDS = 3_600;
/** Who fills a list in the editor is a person that waits; who polls will do so again. */
const SHORT_WAIT_MS = 10_000;

/** Where n8n lets a node send requests: running a workflow, filling a list in the editor, polling. */
export type ClientContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** How a client goes about it. */
export interface ClientSettings {
  /** Longest wait for one answer. */
  readonly timeoutSeconds?: number;
  /** Stops everything that is under way. */
  readonly signal?: AbortSignal;
  /** Limits of this execution, besides those that were learned; without them it waits ten seconds for a Campaign that is away. */
  readonly caps?: Caps;
  /** Whether it may write. Everything but a GET stays in this process unless it may; a preview tells what would be written. */
  readonly access?: 'read' | 'preview' | 'write';
}

/**
 * Opens Campaign with the node's credential. Nothing is sent yet.
 *
 * @throws CampaignError `invalidInput` when the credential's addresses or values cannot be used
 */
export async function openClient(
  context: ClientContext,
  { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, signal, caps = { patience: SHORT_WAIT_MS }, access = 'read' }: ClientSettings = {},
): Promise<CampaignClient> {
  const readCredential = async () => await context.getCredentials(CREDENTIAL_TYPE);
  const credential = await readCredential();
  const instance = parseInstance(credential);
  checkAccess(credential);
  const time: HostTime = { milliseconds: timeoutSeconds * 1000, apiKey: cleanSecret(credential.apiKey), signal };
  const way = await openTransport(context, instance, time);
  const transport = access === 'write' ? way : new ReadingTransport(way);
  const gate = gateFor(`${instance.baseUrl}/${instance.organization}`);
  const requester = new Requester(transport, gate.lane(caps, signal), signal, undefined, probeOf(instance));
  const secrets = new Secrets(credential, readCredential);
  const preview = access === 'preview' ? new Preview() : undefined;
  return new CampaignClient(instance, requester, secrets, credentialIdOf(context), preview);
}

/** Whether the step has a credential at all; the editor asks for a new step's form before it has chosen one. */
export function hasCredential(context: ILoadOptionsFunctions): boolean {
  return context.getNode().credentials?.[CREDENTIAL_TYPE] !== undefined;
}

function credentialIdOf(context: ClientContext): string | undefined {
  return context.getNode().credentials?.[CREDENTIAL_TYPE]?.id ?? undefined;
}

/** Connections that stay open where this n8n has what they need; n8n's own helper where it has not. */
async function openTransport(context: ClientContext, { baseUrl }: CampaignInstance, time: HostTime): Promise<Transport> {
  const { milliseconds, signal } = time;
  const host = mindingIdentityService(hostTransport(context, CREDENTIAL_TYPE, time));
  const connections = connectionsTo(context, baseUrl);
  if (!connections) return host;
  const pool = new PooledSender(connections, milliseconds, signal);
  const readAccess = async () => accessHeaders(await context.getCredentials(CREDENTIAL_TYPE));
  return new RenewingTransport(host, pool, readAccess, signal);
}

/** Finds out whether Campaign is there: the smallest answer, and no personal data in it. */
function probeOf(instance: CampaignInstance): CampaignRequest {
  return { method: 'GET', url: listPageUrl(`${collectionUrl(instance, 'profileAndServices', 'profile')}/PKey`, 1) };
}
