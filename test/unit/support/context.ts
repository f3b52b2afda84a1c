import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions, INode, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';

/** The credential of these tests, as n8n hands it over. */
export const CREDENTIAL: IDataObject = {
  authentication: 'accessToken',
  organization: 'northwind',
  apiKey: 'the-api-key',
  bearerToken: 'the-token',
  baseUrl: 'https://mc.adobe.io',
};

/** The node of these tests. */
export function node(parameters: IDataObject = {}): INode {
  return {
    id: '1',
    name: 'Adobe Campaign Profile',
    type: 'n8n-nodes-adobe-campaign.adobeCampaignProfile',
    typeVersion: 1,
    position: [0, 0],
    parameters: parameters as INode['parameters'],
  };
}

/** What a test decides about the context, and what it can look at afterwards. */
export interface ContextSettings {
  readonly parameters?: IDataObject;
  readonly items?: readonly IDataObject[];
  readonly continueOnFail?: boolean;
  /** Whether the node is the tool of an AI agent. */
  readonly isTool?: boolean;
  /** The workflow's time zone; default UTC. */
  readonly zone?: string;
  readonly signal?: AbortSignal;
  readonly credential?: IDataObject;
  /** n8n's `httpRequestWithAuthentication`. */
  readonly request?: (credentialType: string, options: unknown) => Promise<unknown>;
}

export interface FakeContext {
  readonly context: IExecuteFunctions;
  /** `name#index` of every parameter that was read. */
  readonly reads: string[];
  readonly hints: NodeExecutionHint[];
}

/**
 * As much of n8n's context as this package uses. Expressions are short: `={{$json.a}}` gives column `a` of the item,
 * and an object or list is evaluated value by value.
 */
export function fakeContext(settings: ContextSettings = {}): FakeContext {
  const { parameters = {}, items = [{}], continueOnFail = false, signal, credential = CREDENTIAL, isTool = false, zone = 'utc' } = settings;
  const reads: string[] = [];
  const hints: NodeExecutionHint[] = [];
  const getNodeParameter = (name: string, index: number, fallback?: unknown): unknown => {
    reads.push(`${name}#${index}`);
    const stored = at(parameters, name);
    const value = stored === undefined ? fallback : stored;
    if (value === undefined) throw new Error(`Could not get parameter "${name}"`);
    return evaluate(value, items[index] ?? {});
  };
  const context: Partial<IExecuteFunctions> = {
    getNode: () => ({ ...node(parameters), type: `${node().type}${isTool ? 'Tool' : ''}` }),
    getTimezone: () => zone,
    getInputData: () => items.map((json): INodeExecutionData => ({ json })),
    getNodeParameter: getNodeParameter as IExecuteFunctions['getNodeParameter'],
    continueOnFail: () => continueOnFail,
    getExecutionCancelSignal: () => signal,
    getCredentials: (async () => credential) as IExecuteFunctions['getCredentials'],
    addExecutionHints: (...added) => hints.push(...added),
    helpers: { httpRequestWithAuthentication: settings.request ?? noRequests } as Partial<
      IExecuteFunctions['helpers']
    > as IExecuteFunctions['helpers'],
  };
  return { context: context as IExecuteFunctions, reads, hints };
}

/** The context in which n8n fills lists and forms. */
export function fakeEditor(
  parameters: IDataObject,
  request: (credentialType: string, options: unknown) => Promise<unknown>,
): ILoadOptionsFunctions {
  const context: Partial<ILoadOptionsFunctions> = {
    getNode: () => ({ ...node(parameters), credentials: { adobeCampaignApi: { id: '1', name: 'Campaign' } } }),
    getCurrentNodeParameter: (name) => parameters[name],
    getCredentials: (async () => CREDENTIAL) as ILoadOptionsFunctions['getCredentials'],
    helpers: { httpRequestWithAuthentication: request } as Partial<ILoadOptionsFunctions['helpers']> as ILoadOptionsFunctions['helpers'],
  };
  return context as ILoadOptionsFunctions;
}

/** A full answer of n8n's request helper. */
export function helperAnswer(body: unknown, statusCode = 200): { statusCode: number; headers: object; body: string } {
  return { statusCode, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** What n8n's request helper throws for an answer whose status is no success. */
export function helperError(status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Error {
  const data = typeof body === 'string' ? body : JSON.stringify(body);
  return Object.assign(new Error(`Request failed with status code ${status}`), { response: { status, headers, data } });
}

async function noRequests(): Promise<never> {
  return await Promise.reject(new Error('No request is expected here'));
}

function at(parameters: IDataObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), parameters);
}

function evaluate(value: unknown, item: IDataObject): unknown {
  if (typeof value === 'string') {
    const column = /^=\{\{\s*\$json\.(\w+)\s*\}\}$/.exec(value)?.[1];
    return column === undefined ? value : item[column];
  }
  if (Array.isArray(value)) return value.map((entry) => evaluate(entry, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, evaluate(entry, item)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
