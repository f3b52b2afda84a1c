import type { Answer } from '../answers';
import { unroutable } from '../gateway';
import { CampaignProblem, problemAnswer, refuse } from './errors';
import type { CampaignInstance } from './instance';
import type { ApiName } from './model/field';
import { OTHER_APIS, RESOURCES } from './registry';
import { endpointOf, type Call, type Resource } from './resource';

const API_NAMES: readonly ApiName[] = ['profileAndServices', 'profileAndServicesExt', 'customResources', 'privacy'];
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
  const [apiSegment = '', ...below] = decodedSegments(request.path) ?? [];
  const [resourceSegment = '', ...segments] = below;
  const other = OTHER_APIS.find(({ isNamed }) => isNamed(apiSegment, instance));
  if (other !== undefined) {
    const { method, path, body } = request;
    return problemsAnswered(instance, () => other.answer({ method, segments: below, path, body }, instance));
  }
  const api = API_NAMES.find((name) => name === apiSegment);
  if (api === undefined) return unroutable(instance.settings);
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
  return problemsAnswered(instance, () => {
    const resource = resources.get(`${api}/${call.resource}`);
    return resource === undefined ? unknownResource(call, instance) : resource.answer(call, instance);
  });
}

function problemsAnswered(instance: CampaignInstance, task: () => Answer): Answer {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof CampaignProblem)) throw error;
    return problemAnswer(error.problem, instance.dialect, instance.settings, instance.assumptions);
  }
}

/** Adobe's own tests, run against ACS: there the key in a PATCH is read before the resource is looked for. */
function unknownResource(call: Call, { dialect, assumptions }: CampaignInstance): never {
  const [key = ''] = call.segments;
  const isKeyFirst = dialect === 'acs' && assumptions.acsKeyOfUnknownResource === 'noConstant';
  if (isKeyFirst && call.method === 'PATCH' && key.startsWith('@')) return refuse({ kind: 'noConstant', key });
  return refuse({ kind: 'unknownResource', endpoint: endpointOf(call) });
}

/** The segments of a path, empty ones left out; null if the path is not validly encoded. */
function decodedSegments(path: string): string[] | null {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
  } catch {
    return null;
  }
}
