import type { Access } from './credentials';
import { textAt } from './json';
import type { Pace } from './pace';
import { evidenceOf, type Evidence } from './evidence';
import { ProbeProblem } from './problem';

/** An answer as the probes read it. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** The body parsed as JSON; undefined where it is none. */
  readonly json: unknown;
  readonly retryAfter: string | null;
}

/** Whether the request was done. */
export function isDone({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The instance, or what stands in front of it, asks for less: the probe stops here. */
export class LimitReached extends Error {
  constructor(readonly answer: Answer) {
    super(`The instance answered ${answer.status}, which asks for fewer requests. The probe stopped here.`);
  }
}

const TIMEOUT_MS = 60_000;

/** One instance and its identity service, asked slowly. What it heard is kept as evidence, in which nothing can be recognized. */
export class Tenant {
  private token: string | null = null;
  private evidence: Evidence[] = [];
  /** Requests sent so far. */
  requests = 0;

  constructor(
    private readonly access: Access,
    private readonly pace: Pace,
  ) {}

  get hasClientSecret(): boolean {
    return this.access.clientSecret !== undefined;
  }

  get scopes(): string {
    return this.access.scopes;
  }

  /** What was heard since the last call. */
  takeEvidence(): Evidence[] {
    const taken = this.evidence;
    this.evidence = [];
    return taken;
  }

  /** GET below the organization, or an address that Campaign printed. */
  async get(target: string, shown = target): Promise<Answer> {
    return await this.call('GET', target, shown);
  }

  async post(target: string, body: unknown, shown = target): Promise<Answer> {
    return await this.call('POST', target, shown, JSON.stringify(body));
  }

  /** @param body text is sent as it is */
  async patch(target: string, body: unknown, shown = target): Promise<Answer> {
    return await this.call('PATCH', target, shown, typeof body === 'string' ? body : JSON.stringify(body));
  }

  async delete(target: string, shown = target): Promise<Answer> {
    return await this.call('DELETE', target, shown);
  }

  /** GET in another organization, or with another token. */
  async getAs(
    target: string,
    { organization = this.access.organization, token }: { organization?: string; token?: string },
  ): Promise<Answer> {
    const url = `${this.access.apiBaseUrl}/${organization}/campaign/${target}`;
    return await this.send('GET', url, target, { authorization: `Bearer ${token ?? (await this.bearer())}` });
  }

  /** Asks the identity service for a token; `undefined` leaves a parameter out. */
  async askForToken(parameters: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> {
    const { apiKey, clientSecret = '', scopes, tokenUrl } = this.access;
    const all: Record<string, string | undefined> = {
      grant_type: 'client_credentials',
      client_id: apiKey,
      client_secret: clientSecret,
      scope: scopes,
      ...parameters,
    };
    const form = new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return await this.send('POST', tokenUrl, 'ims/token/v3', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
  }

  /** Asks the identity service whom a token belongs to. */
  async askForTokenProfile(token: string): Promise<Answer> {
    return await this.send('GET', new URL('/ims/profile/v1', this.access.tokenUrl).href, 'ims/profile/v1', {
      authorization: `Bearer ${token}`,
    });
  }

  /** Waits without asking anything. */
  async rest(ms: number): Promise<void> {
    await this.pace.clock.wait(ms);
  }

  /** The base tenant, which the addresses of events have in their name. */
  get eventApi(): string {
    return `mc${this.access.organization.replace(/-mkt-stage\d*$/, '')}`;
  }

  private async call(method: string, target: string, shown: string, body?: string): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${await this.bearer()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return await this.send(method, this.urlOf(target), shown, headers, body);
  }

  /** @throws ProbeProblem for an address that leads out of the organization: the token goes nowhere else */
  private urlOf(target: string): string {
    const { apiBaseUrl, organization } = this.access;
    const root = `${apiBaseUrl}/${organization}/campaign/`;
    if (!/^https?:/.test(target)) return root + target.replace(/^\//, '');
    if (!target.startsWith(root)) throw new ProbeProblem('Campaign printed an address outside of the organization. It was not followed.');
    return target;
  }

  private async bearer(): Promise<string> {
    if (this.access.accessToken !== undefined) return this.access.accessToken;
    if (this.token === null) {
      const answer = await this.askForToken();
      const token = textAt(answer.json, 'access_token');
      if (token === undefined)
        throw new ProbeProblem(`IMS gave no access token (${answer.status}). Check API key, client secret and scopes.`);
      this.token = token;
    }
    return this.token;
  }

  private async send(
    method: string,
    url: string,
    shown: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Answer> {
    await this.pace.turn();
    this.requests += 1;
    const isIms = shown.startsWith('ims/');
    const response = await fetch(url, {
      method,
      headers: { ...(isIms ? {} : { 'x-api-key': this.access.apiKey, 'cache-control': 'no-cache' }), ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const answer: Answer = {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      retryAfter: response.headers.get('retry-after'),
      text,
      json: parsed(text),
    };
    this.evidence.push(evidenceOf(method, shown, answer));
    if (answer.status === 429 || (answer.status === 503 && answer.retryAfter !== null)) throw new LimitReached(answer);
    return answer;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
