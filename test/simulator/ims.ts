import { json, type Answer } from './answers';
import type { Assumptions } from './assumptions';
import type { SimulatorSettings } from './options';
import { splitScopes, type TokenStore } from './tokens';

export const TOKEN_PATH = '/ims/token/v3';

/** The client that Adobe Developer Console has registered. */
export interface RegisteredClient {
  readonly apiKey: string;
  readonly clientSecret: string;
}

interface TokenEndpoint {
  readonly client: RegisteredClient;
  readonly tokens: TokenStore;
  readonly settings: SimulatorSettings;
  readonly assumptions: Assumptions;
}

/**
 * Adobe: Server-to-Server authentication, implementation. Answers a token request whose parameters come in a form body
 * or, tolerated, in the query string.
 * @returns 200 with `access_token`, `token_type` and `expires_in` in seconds, or 400 with an OAuth error
 */
export function answerTokenRequest(endpoint: TokenEndpoint, query: URLSearchParams, body: string): Answer {
  const form = new URLSearchParams(body);
  const parameter = (name: string): string => form.get(name) ?? query.get(name) ?? '';
  const { client, tokens, settings, assumptions } = endpoint;

  if (parameter('grant_type') !== 'client_credentials') {
    return oauthError(assumptions.wrongGrantTypeError, 'unsupported grant_type parameter');
  }
  if (parameter('client_id') !== client.apiKey) return oauthError(assumptions.unknownClientIdError, 'invalid client_id parameter');
  if (parameter('client_secret') !== client.clientSecret) return oauthError('invalid_client', 'invalid client_secret parameter');

  const scope = parameter('scope');
  const scopes = splitScopes(scope);
  if (scopes.length === 0) return oauthError(assumptions.invalidScopeError, 'scope parameter is required');
  if (!scopes.includes('campaign_sdk') && assumptions.missingCampaignScope === 'refusedByIms') {
    return oauthError(assumptions.invalidScopeError, 'invalid scope parameter');
  }

  const lifetime = settings.tokenLifetimeSeconds;
  return json(200, { access_token: tokens.mint(lifetime, scope), token_type: 'bearer', expires_in: lifetime });
}

function oauthError(error: string, description: string): Answer {
  return json(400, { error, error_description: description });
}
