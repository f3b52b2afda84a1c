import { Agent, request } from 'undici';
import type { Simulator } from '..';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body parsed as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** Speaks HTTP to a simulator, with a valid token and API key unless told otherwise. */
export class TestClient {
  /** Headers sent with every request; replace or drop them to get refused. */
  headers: Record<string, string>;
  private readonly agent: Agent;

  constructor(readonly simulator: Simulator) {
    this.headers = { authorization: `Bearer ${simulator.mintToken()}`, 'x-api-key': simulator.apiKey };
    this.agent = new Agent({ connect: { ca: simulator.certificate } });
  }

  /**
   * @param target an absolute URL, taken verbatim; a path from the root; or a path below `/<organization>/campaign/`
   * @param body sent as JSON, text as it is
   */
  async call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', target: string, body?: unknown): Promise<Reply> {
    const {
      body: stream,
      statusCode: status,
      headers,
    } = await request(this.urlOf(target), {
      method,
      headers: this.headers,
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      dispatcher: this.agent,
    });
    const text = await stream.text();
    return { status, headers, text, json: parsed(text) };
  }

  get(target: string): Promise<Reply> {
    return this.call('GET', target);
  }

  post(target: string, body?: unknown): Promise<Reply> {
    return this.call('POST', target, body);
  }

  patch(target: string, body?: unknown): Promise<Reply> {
    return this.call('PATCH', target, body);
  }

  delete(target: string): Promise<Reply> {
    return this.call('DELETE', target);
  }

  /** Asks the token endpoint; parameters left out are right, `undefined` ones are missing. */
  token(parameters: Readonly<Record<string, string | undefined>> = {}, place: 'body' | 'query' = 'body'): Promise<Reply> {
    const { apiKey, clientSecret, scopes, tokenUrl } = this.simulator;
    const all: Record<string, string | undefined> = {
      grant_type: 'client_credentials',
      client_id: apiKey,
      client_secret: clientSecret,
      scope: scopes,
      ...parameters,
    };
    const form = new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
    return place === 'body' ? this.post(tokenUrl, form) : this.post(`${tokenUrl}?${form}`);
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private urlOf(target: string): string {
    const { url, organization } = this.simulator;
    if (/^https?:/.test(target)) return target;
    return target.startsWith('/') ? url + target : `${url}/${organization}/campaign/${target}`;
  }
}

/** The value at a path in parsed JSON; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined), value);
}

/** The text at a path in parsed JSON. @throws Error if there is none */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found === 'string') return found;
  throw new Error(`No text at ${path.join('.')} in ${JSON.stringify(value)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
