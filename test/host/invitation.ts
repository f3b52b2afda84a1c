import type { CredentialRecord } from './client';

/** A field of the credential as the editor labels it, with what to paste there. */
export type FieldToPaste = readonly [label: string, value: string];

/**
 * What a person enters to make the demonstration's credential by hand; the fields that are left out may stay as they are.
 *
 * @param credential the credential that the example workflows use
 */
export function fieldsToPaste({ data }: CredentialRecord): FieldToPaste[] {
  return [
    ['Organization', String(data.organization)],
    ['API Key (Client ID)', String(data.apiKey)],
    ['Client Secret', String(data.clientSecret)],
    ['Scopes', String(data.scopes)],
    ['API Base URL', String(data.baseUrl)],
    ['Token URL', String(data.tokenUrl)],
  ];
}

/** The same as lines for a terminal. Nothing of it is a secret: it opens the simulator, which only this machine can reach. */
export function credentialLines(credential: CredentialRecord): string[] {
  const fields = fieldsToPaste(credential);
  const width = Math.max(...fields.map(([label]) => label.length));
  return [
    `The examples use the credential '${credential.name}', which is there. To make one yourself, choose in n8n`,
    "Create > Credential > 'Adobe Campaign API', and paste:",
    '',
    ...fields.map(([label, value]) => `    ${label.padEnd(width)}  ${value}`),
  ];
}
