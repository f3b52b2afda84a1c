import { poll } from './poll';

/** An answer of n8n that is not a success. */
export class HostRequestFailure extends Error {
  override readonly name = 'HostRequestFailure';

  /**
   * @param request method and path
   * @param status HTTP status
   * @param body text of the answer, shortened
   */
  constructor(
    request: string,
    readonly status: number,
    body: string,
  ) {
    super(`n8n answered ${status} to ${request}: ${body.slice(0, 500)}`);
  }
}

/** Cookie in the form that playwright's `context.addCookies` takes. */
export interface SessionCookie {
  name: string;
  value: string;
  url: string;
}

/**
 * n8n's internal REST interface, the one that its editor uses, for one signed-in person. Bodies are JSON; answers are
 * taken out of n8n's `{data: ...}` wrapper.
 */
export class Rest {
  private constructor(
    readonly url: string,
    readonly cookie: SessionCookie,
  ) {}

  /**
   * Signs in. n8n refuses more than five sign-ins of one account in a minute: sign in once and share the session.
   * @param url address of the host
   * @throws HostRequestFailure when n8n does not accept the account
   */
  static async signIn(url: string, account: { email: string; password: string }): Promise<Rest> {
    await setUpOwner(url, account);
    const response = await fetch(`${url}/rest/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ emailOrLdapLoginId: account.email, password: account.password }),
    });
    const text = await response.text();
    const pair = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
    if (!response.ok || pair === undefined) throw new HostRequestFailure('POST /rest/login', response.status, text);
    const value = pair.slice('n8n-auth='.length).split(';')[0] ?? '';
    return new Rest(url, { name: 'n8n-auth', value, url });
  }

  /** Goes on with a session that exists, for example in another process. */
  static resume(cookie: SessionCookie): Rest {
    return new Rest(cookie.url, cookie);
  }

  /** @param path below the host's address, as in `/rest/workflows` */
  async get<Answer>(path: string): Promise<Answer> {
    return await this.request<Answer>('GET', path);
  }

  async post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
    return await this.request<Answer>('POST', path, body);
  }

  async patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return await this.request<Answer>('PATCH', path, body);
  }

  async delete<Answer>(path: string): Promise<Answer> {
    return await this.request<Answer>('DELETE', path);
  }

  private async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: `${this.cookie.name}=${this.cookie.value}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new HostRequestFailure(`${method} ${path}`, response.status, text);
    const answer = JSON.parse(text);
    // The type files come bare, everything below /rest comes wrapped.
    const wrapped = answer !== null && typeof answer === 'object' && !Array.isArray(answer) && 'data' in answer;
    return (wrapped ? answer.data : answer) as Answer;
  }
}

/** Makes the owner where n8n does not take one from its environment (before n8n 2.20), as the page of its first start does. */
async function setUpOwner(url: string, account: { email: string; password: string }): Promise<void> {
  const settings = (await (await fetch(`${url}/rest/settings`)).json()) as {
    data?: { userManagement?: { showSetupOnFirstLoad?: boolean } };
  };
  if (settings.data?.userManagement?.showSetupOnFirstLoad !== true) return;
  const response = await fetch(`${url}/rest/owner/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account.email, password: account.password, firstName: 'Demo', lastName: 'Owner' }),
  });
  if (!response.ok) throw new HostRequestFailure('POST /rest/owner/setup', response.status, await response.text());
}

/**
 * Waits until n8n at this address takes requests.
 * @returns true when it does, false when the deadline passed or `giveUp` said so first
 */
export async function waitUntilReady(
  url: string,
  options: { withinMs: number; signal?: AbortSignal; giveUp(): boolean },
): Promise<boolean> {
  const ready = await poll(
    async () => {
      if (options.giveUp()) return false;
      try {
        const response = await fetch(`${url}/healthz/readiness`);
        if (!response.ok) return undefined;
        // Old versions are ready before their interface is there, and answer with the editor's page until then.
        const settings = await fetch(`${url}/rest/settings`);
        return settings.headers.get('content-type')?.includes('json') === true ? true : undefined;
      } catch {
        // Nothing listens yet.
        return undefined;
      }
    },
    { withinMs: options.withinMs, everyMs: 100, signal: options.signal },
  );
  return ready === true;
}
