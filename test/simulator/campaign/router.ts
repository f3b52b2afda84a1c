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
  const decoded = decodedSegments(request.path);
  if (decoded === null) return unroutable(instance.settings);
  const [apiSegment = '', ...below] = decoded;
  const [resourceSegment = '', ...segments] = below;
  const other = OTHER_APIS.find(({ isNamed }) => isNamed(apiSegment, instance));
  if (other !== undefined) {
    const { method, path, body } = request;
    return problemsAnswered(instance, () => other.answer({ method, segments: below, path, body }, instance));
  }
  const api = API_NAMES.find((name) => name === apiSegment);
  if (api === undefined) return unknownApi(request.path, instance);
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
    checkIsJson(call.body, instance);
    const resource = resources.get(`${api}/${call.resource}`);
    return resource === undefined ? refuse({ kind: 'unknownResource', endpoint: endpointOf(call) }) : resource.answer(call, instance);
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

/** Campaign Standard was seen to answer as for an unknown resource; what v8 does is assumed. */
function unknownApi(path: string, instance: CampaignInstance): Answer {
  const { dialect, assumptions, settings } = instance;
  if (dialect === 'v8' && assumptions.v8UnknownApi === 'unroutable') return unroutable(settings);
  return problemsAnswered(instance, () =>
    refuse({ kind: dialect === 'v8' ? 'unsupportedEndpoint' : 'unknownResource', endpoint: `rest/${path}` }),
  );
}

/** Adobe's own tests, run against ACS: there a body is read before the resource is looked for. */
function checkIsJson(body: string, { dialect }: CampaignInstance): void {
  const text = body.trim();
  if (dialect !== 'acs' || text === '') return;
  try {
    JSON.parse(text);
  } catch {
    refuse({ kind: 'noConstant', text: text.split(/\s/)[0] ?? '' });
  }
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
