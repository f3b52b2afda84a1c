import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';

/** The scopes a Campaign project shows in Adobe Developer Console; seen in three independent clients. */
export const CAMPAIGN_SCOPES =
  'openid,AdobeID,campaign_sdk,additional_info.projectedProductContext,campaign_config_server_general,deliverability_service_general';

/** What the gateway knows about a token. */
export interface Token {
  readonly expiresAt: number;
  readonly scopes: ReadonlySet<string>;
}

/** The tokens that IMS has given out. */
export class TokenStore {
  private readonly tokens = new Map<string, Token>();

  constructor(private readonly clock: Clock) {}

  /**
   * Mints a token text shaped like the JWT that IMS gives out, long and unmistakable.
   * @param scopes as asked for, separated by commas or spaces
   */
  mint(lifetimeSeconds: number, scopes: string): string {
    const header = encode({ alg: 'RS256', x5u: 'ims_na1-key-at-1.cer', kid: 'ims_na1-key-at-1', itt: 'at' });
    const payload = encode({ id: `simulated-access-token-${randomBytes(12).toString('hex')}`, type: 'access_token', scope: scopes });
    const text = `${header}.${payload}.${randomBytes(192).toString('base64url')}`;
    this.tokens.set(text, {
      expiresAt: this.clock.milliseconds() + lifetimeSeconds * 1000,
      scopes: new Set(splitScopes(scopes)),
    });
    return text;
  }

  /** The token, or undefined if it was never minted, has expired or was revoked. */
  find(text: string): Token | undefined {
    const token = this.tokens.get(text);
    return token !== undefined && token.expiresAt > this.clock.milliseconds() ? token : undefined;
  }

  /** Every token minted so far stops being valid. */
  expireAll(): void {
    this.tokens.clear();
  }
}

/** Scopes come separated by commas; a field client sends comma and space, and works. */
export function splitScopes(scopes: string): string[] {
  return scopes.split(/[,\s]+/).filter((scope) => scope !== '');
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
