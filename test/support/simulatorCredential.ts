/** What has to be known of a simulator to reach it. */
export interface SimulatorAccess {
  readonly url: string;
  readonly tokenUrl: string;
  readonly organization: string;
  readonly apiKey: string;
  readonly clientSecret: string;
  readonly scopes: string;
}

/** Fields of a credential of the type `adobeCampaignApi` that opens a simulator with OAuth Server-to-Server. */
export function simulatorCredential({ url, tokenUrl, organization, apiKey, clientSecret, scopes }: SimulatorAccess) {
  return { authentication: 'oAuthServerToServer', baseUrl: url, tokenUrl, organization, apiKey, clientSecret, scopes };
}
