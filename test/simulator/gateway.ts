import type { IncomingHttpHeaders } from 'node:http';
import { json, type Answer } from './answers';
import type { Assumptions } from './assumptions';
import type { SimulatorSettings } from './options';
import type { TokenStore } from './tokens';

/** What the Adobe I/O gateway in front of Campaign checks requests against. */
interface GatewayRules {
  readonly organization: string;
  readonly apiKey: string;
  readonly tokens: TokenStore;
  readonly settings: SimulatorSettings;
  readonly assumptions: Assumptions;
}

/**
 * The gateway's checks in its order: API key, token, product context. Codes and messages are those of Adobe's
 * open-source api-gateway; Adobe: API troubleshooting confirms 401013, 403023 and "Oops".
 * @param organization first path segment
 * @returns the refusal, or null for a request that may pass
 */
export function gatewayRefusal(rules: GatewayRules, organization: string, headers: IncomingHttpHeaders): Answer | null {
  const { settings, assumptions } = rules;

  const apiKey = headers['x-api-key'];
  if (apiKey === undefined || apiKey === '') return refusal(403, '403000', 'Api Key is required');
  if (apiKey !== rules.apiKey) return refusal(403, '403003', 'Api Key is invalid');

  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer === undefined) return refusal(403, '403010', 'Oauth token is missing.');
  const token = rules.tokens.find(bearer);
  if (token === undefined) return refusal(401, '401013', 'Oauth token is not valid');
  if (!token.scopes.has('campaign_sdk')) return refusal(403, '403011', 'Scope mismatch');

  const carriesContext =
    token.scopes.has('additional_info.projectedProductContext') || assumptions.missingProductContextScope === 'ignored';
  if (!carriesContext || settings.organizationsOutOfContext.includes(organization)) return noProductContext(settings);
  if (organization !== rules.organization) {
    return assumptions.unknownOrganization === 'unroutable' ? unroutable(settings) : noProductContext(settings);
  }
  return null;
}

/** The gateway's answer to a URI it cannot route: a numeric `code`, unlike the string `error_code` of its refusals. */
export function unroutable(settings: SimulatorSettings): Answer {
  const code = settings.unroutableStatus;
  return json(code, { code, message: 'Oops. Something went wrong. Check your URI and try again.' });
}

function noProductContext(settings: SimulatorSettings): Answer {
  return refusal(403, settings.productContextCode, 'Profile is not valid');
}

function refusal(status: number, code: string, message: string): Answer {
  return json(status, { error_code: code, message });
}
