import type { IncomingHttpHeaders } from 'node:http';
import { json, type Answer } from './answers';
import type { Assumptions } from './assumptions';
import type { SimulatorSettings } from './options';
import type { TokenStore } from './tokens';

export const IMS_PROFILE_PATH = '/ims/profile/v1';

interface ProfileEndpoint {
  readonly organization: string;
  readonly tokens: TokenStore;
  readonly settings: SimulatorSettings;
  readonly assumptions: Assumptions;
}

/**
 * Adobe: API troubleshooting: the organizations that a token may act for are the product contexts of its profile.
 * @returns 200 with `projectedProductContext`, empty if the token did not ask for that scope, or a refusal
 */
export function answerProfileRequest(endpoint: ProfileEndpoint, headers: IncomingHttpHeaders): Answer {
  const { organization, tokens, settings, assumptions } = endpoint;
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const token = tokens.find(bearer);
  if (token === undefined) return json(assumptions.imsProfileRefusalStatus, { error: 'invalid_token' });
  const hasCampaign = !settings.organizationsOutOfContext.includes(organization);
  // A technical account can act for other products too; they are told by their service code.
  const others = [productContext('dma_analytics', 'northwind-analytics')];
  const contexts = hasCampaign ? [...others, productContext('dma_tartan', organization)] : others;
  const isAsked = token.scopes.has('additional_info.projectedProductContext');
  return json(200, { account_type: 'type3', name: 'Simulated technical account', projectedProductContext: isAsked ? contexts : [] });
}

function productContext(serviceCode: string, organization: string): object {
  return { prodCtx: { serviceCode, organization_id: organization, statusCode: 'ACTIVE' } };
}
