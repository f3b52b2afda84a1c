import type { Answer } from '../answers';
import { unroutable } from '../gateway';
import { CampaignProblem, problemAnswer, refuse } from './errors';
import type { CampaignInstance } from './instance';
import type { ApiName } from './model/field';
import { RESOURCES } from './registry';
import { endpointOf, type Call, type Resource } from './resource';

const API_NAMES: readonly ApiName[] = ['profileAndServices', 'profileAndServicesExt'];
const resources: ReadonlyMap<string, Resource> = new Map(
  RESOURCES.flatMap((resource) => resource.apis.map((api) => [`${api}/${resource.name}`, resource] as const)),
);

/** A request below the gateway. */
export interface CampaignRequest {
  readonly method: string;
  /** Path after `/<organization>/campaign/`, as sent. */
  readonly path: string;
  /** Query as sent, without the question mark. */
  readonly queryText: string;
  readonly body: string;
}

/** Answers a request that the gateway let pass; every problem is worded in the instance's dialect. */
export function answerCampaign(request: CampaignRequest, instance: CampaignInstance): Answer {
  const [apiSegment = ''] = request.path.split('/');
  const api = API_NAMES.find((name) => name === apiSegment);
  if (api === undefined) return unroutable(instance.settings);
  try {
    return answerResource(request, api, instance);
  } catch (error) {
    if (!(error instanceof CampaignProblem)) throw error;
    return problemAnswer(error.problem, instance.dialect, instance.settings, instance.assumptions);
  }
}

function answerResource(request: CampaignRequest, api: ApiName, instance: CampaignInstance): Answer {
  const [resourceSegment = '', ...segments] = request.path.split('/').slice(1).filter((segment) => segment !== '').map(decoded);
  const call: Call = {
    method: request.method,
    api,
    // Adobe: Must-read: the format can be asked for with an extension.
    resource: resourceSegment.replace(/\.json$/, ''),
    segments,
    path: request.path,
    query: new URLSearchParams(request.queryText),
    queryText: request.queryText,
    body: request.body,
  };
  const resource = resources.get(`${api}/${call.resource}`);
  return resource === undefined ? refuse({ kind: 'unknownResource', endpoint: endpointOf(call) }) : resource.answer(call, instance);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return refuse({ kind: 'generic' });
  }
}
