import type { Simulator } from '../simulator';

/** What has to be known of a simulator to reach it. */
export type SimulatorAccess = Pick<Simulator, 'url' | 'tokenUrl' | 'organization' | 'apiKey' | 'clientSecret' | 'scopes'>;

/** Fields of a credential of the type `adobeCampaignApi` that opens a simulator with OAuth Server-to-Server. */
export function simulatorCredential({ url, tokenUrl, organization, apiKey, clientSecret, scopes }: SimulatorAccess) {
  return { authentication: 'oAuthServerToServer', baseUrl: url, tokenUrl, organization, apiKey, clientSecret, scopes };
}
