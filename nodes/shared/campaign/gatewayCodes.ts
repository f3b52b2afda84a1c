import type { CampaignErrorReason } from './error';

/** What a refusal means and what to do next. */
export interface Advice {
  readonly reason: CampaignErrorReason;
  readonly everyItem?: boolean;
  readonly isBrokenOff?: boolean;
  readonly message: string;
  readonly description: string;
}

/** Codes of Adobe's gateway (Adobe: "Troubleshooting REST APIs" for 401013 and 403023; the others from its source). */
export const GATEWAY: ReadonlyMap<string, Advice> = new Map(
  Object.entries({
    '401013': {
      reason: 'unauthorized',
      message: 'The access token is not valid or has expired',
      description:
        "A pasted access token lives for 24 hours: paste a new one in the credential, or set 'Authentication' to 'OAuth Server-to-Server', which renews it by itself. If that is set already, check that API key and client secret belong to one project.",
    },
    '403000': {
      reason: 'forbidden',
      message: 'The API key did not arrive',
      description: "Fill in 'API Key (Client ID)' in the credential. If it is there, a proxy may be removing the X-Api-Key header.",
    },
    '403003': {
      reason: 'forbidden',
      message: 'The API key is not valid',
      description: "Copy the Client ID of your project in the Adobe Developer Console to 'API Key (Client ID)' in the credential.",
    },
    '403010': {
      reason: 'unauthorized',
      message: 'The access token did not arrive',
      description:
        'Fill in the access token or the client secret in the credential. If it is there, a proxy may be removing the Authorization header.',
    },
    '403011': {
      reason: 'forbidden',
      message: 'The access token lacks a scope',
      description: "Compare 'Scopes' in the credential with the scopes shown in your project in the Adobe Developer Console.",
    },
    '403023': {
      reason: 'forbidden',
      message: 'The access token does not reach this organization',
      description:
        "Check 'Organization' in the credential, and that the project's technical account has the product profile of this Campaign instance (Adobe Admin Console).",
    },
  } satisfies Record<string, Advice>),
);

/** Adobe says no without a code that is known. */
export const FORBIDDEN: Advice = {
  reason: 'forbidden',
  message: 'Adobe does not let this credential do that',
  description: 'Check the product profiles and rights of the technical account in the Adobe Admin Console.',
};
