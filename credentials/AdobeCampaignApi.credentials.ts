import type {
  IAuthenticateGeneric,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IDataObject,
  IHttpRequestHelper,
  INodeProperties,
  Icon,
} from 'n8n-workflow';

import { CLEANED } from '../nodes/shared/campaign/secrets';
import { DEFAULT_SCOPES, DEFAULT_TOKEN_URL, requestAccessToken } from '../nodes/shared/campaign/access/accessToken';
import { parseInstance } from '../nodes/shared/campaign/instance';

/** Organization, API key and token of one Campaign instance; sets both headers that Adobe's gateway asks for. */
export class AdobeCampaignApi implements ICredentialType {
  name = 'adobeCampaignApi';

  displayName = 'Adobe Campaign API';

  icon: Icon = { light: 'file:../icons/adobeCampaign.svg', dark: 'file:../icons/adobeCampaign.dark.svg' };

  documentationUrl = 'https://github.com/n8n-nodes-adobe-campaign/n8n-nodes-adobe-campaign/blob/main/docs/credential.md';

  properties: INodeProperties[] = [
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      options: [
        {
          name: 'OAuth Server-to-Server',
          value: 'oAuthServerToServer',
          description: 'Renews the access token by itself',
        },
        {
          name: 'Access Token',
          value: 'accessToken',
          description: 'Paste a token that lives for 24 hours, for a first try',
        },
      ],
      default: 'oAuthServerToServer',
    },
    {
      displayName: 'Organization',
      name: 'organization',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. northwind or northwind-mkt-stage1',
      description:
        "The name of the Campaign instance in its API address, between the host and '/campaign'. It is not the IMS organization ID.",
    },
    {
      displayName: 'API Key (Client ID)',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: "Client ID of the project's credential in the Adobe Developer Console",
    },
    {
      displayName: 'Client Secret',
      name: 'clientSecret',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      displayOptions: { show: { authentication: ['oAuthServerToServer'] } },
      description: "Client secret of the project's OAuth Server-to-Server credential in the Adobe Developer Console",
    },
    {
      displayName: 'Scopes',
      name: 'scopes',
      type: 'string',
      default: DEFAULT_SCOPES,
      displayOptions: { show: { authentication: ['oAuthServerToServer'] } },
      description: "Comma-separated list as shown with the project's credential in the Adobe Developer Console",
    },
    {
      displayName: 'Access Token',
      name: 'bearerToken',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      displayOptions: { show: { authentication: ['accessToken'] } },
      description: 'Token of a technical account, without the word Bearer in front',
    },
    {
      displayName: 'API Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'https://mc.adobe.io',
      description: 'Leave as it is, unless Adobe gave you another gateway. Only https is accepted, except for this machine.',
    },
    {
      displayName: 'Token URL',
      name: 'tokenUrl',
      type: 'string',
      typeOptions: { password: false },
      default: DEFAULT_TOKEN_URL,
      displayOptions: { show: { authentication: ['oAuthServerToServer'] } },
      description:
        'Leave as it is, unless Adobe gave you another address of its identity service. Only https is accepted, except for this machine.',
    },
    {
      // Filled by preAuthentication and renewed by n8n when Campaign answers 401.
      displayName: 'Minted Access Token',
      name: 'accessToken',
      type: 'hidden',
      typeOptions: { expirable: true, password: true },
      default: '',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: {
      headers: {
        // As `accessHeaders` makes them.
        Authorization: `=Bearer {{$credentials.authentication === "accessToken" ? $credentials.bearerToken${CLEANED}.replace(/^bearer\\s+/i, "") : $credentials.accessToken${CLEANED}}}`,
        'X-Api-Key': `={{$credentials.apiKey${CLEANED}}}`,
      },
    },
  };

  /**
   * Reads one key of one profile, which shows no personal data. Statuses are ignored so that the gateway's own codes
   * can be told apart, but for 401, after which n8n renews the stored token; the last rule catches every answer that is
   * no list of profiles.
   */
  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.baseUrl.trim() || "https://mc.adobe.io"}}',
      url: '=/{{$credentials.organization.trim()}}/campaign/profileAndServices/profile/PKey?_lineCount=1',
      headers: { 'Cache-Control': 'no-cache' },
      ignoreHttpStatusErrors: { ignore: true, except: [401] },
      disableFollowRedirect: true,
    },
    // n8n's type wants rules of one kind only; n8n itself reads both kinds.
    rules: [
      {
        type: 'responseCode',
        properties: {
          value: 401,
          message:
            'The access token is not valid or has expired. Paste a new one, or choose OAuth Server-to-Server, which renews it by itself.',
        },
      },
      rule(
        'error_code',
        '403000',
        "The API key did not arrive. Fill in 'API Key (Client ID)'; if it is there, a proxy may be removing the X-Api-Key header.",
      ),
      rule(
        'error_code',
        '403003',
        "The API key is not valid. Copy the Client ID of your project in the Adobe Developer Console to 'API Key (Client ID)'.",
      ),
      rule(
        'error_code',
        '403010',
        'The access token did not arrive. Fill it in; if it is there, a proxy may be removing the Authorization header.',
      ),
      rule(
        'error_code',
        '403011',
        "The access token lacks a scope. Compare 'Scopes' with those of your project in the Adobe Developer Console.",
      ),
      rule(
        'error_code',
        '403023',
        "The access token does not reach this organization. Check 'Organization', and give the technical account the product profile of this Campaign instance in the Adobe Admin Console.",
      ),
      ...['429001', '429002', '429050'].map((code) => rule('error_code', code, 'Adobe asks to slow down. Try again in a minute.')),
      rule(
        'code',
        500,
        "Adobe's gateway does not know this organization (500). Check 'Organization': for a stage instance it ends with -mkt-stage or -mkt-stage1.",
      ),
      rule(
        'code',
        502,
        "Adobe's gateway cannot reach this organization (502). Check 'Organization'; if it is right, ask Adobe to set up REST APIs for the instance.",
      ),
      rule(
        'content',
        undefined,
        "The answer is not Adobe Campaign's. Check 'API Base URL' and 'Organization', and that the technical account may read profiles.",
      ),
    ] as ICredentialTestRequest['rules'],
  };

  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
    parseInstance(credentials);
    if (credentials.authentication === 'accessToken') return {};
    return { accessToken: await requestAccessToken(this.helpers, credentials) };
  }
}

type BodyRule = Extract<NonNullable<ICredentialTestRequest['rules']>[number], { type: 'responseSuccessBody' }>;

/** The test has not passed when the answer's `key` has this `value`. */
function rule(key: string, value: string | number | undefined, message: string): BodyRule {
  return { type: 'responseSuccessBody', properties: { key, value, message } };
}
