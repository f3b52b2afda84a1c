import type {
  IAuthenticate,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IDataObject,
  IHttpRequestHelper,
  INodeProperties,
  Icon,
} from 'n8n-workflow';

import { DEFAULT_SCOPES, DEFAULT_TOKEN_URL } from '../nodes/shared/campaign/access/accessToken';
import { authenticate, mintToken, TEST_MARK } from '../nodes/shared/campaign/access/authenticate';

/** What cannot be seen: the run trims it as well, and has refused it within either of the two before the test gets that far. */
const UNSEEN = '/[\\s\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060\\uFEFF]/g';

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
    {
      // Filled with it: see `tokenOwnerOf`.
      displayName: 'Minted Access Token Owner',
      name: 'tokenOwner',
      type: 'hidden',
      typeOptions: { password: true },
      default: '',
      description: 'A fingerprint of what the token was asked for with',
    },
  ];

  authenticate: IAuthenticate = authenticate;

  /**
   * Reads one key of one profile, which shows no personal data. Statuses are ignored so that the gateway's own codes
   * can be told apart, but for 401, after which n8n asks for a new token; the last rule catches every answer that is
   * no list of profiles. What to do comes first: people read no further than that.
   */
  test: ICredentialTestRequest = {
    request: {
      baseURL: `={{$credentials.baseUrl.replace(${UNSEEN}, "") || "https://mc.adobe.io"}}`,
      url: `=/{{$credentials.organization.replace(${UNSEEN}, "")}}/campaign/profileAndServices/profile/PKey?_lineCount=1`,
      headers: { 'Cache-Control': 'no-cache', [TEST_MARK]: 'yes' },
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
            'Paste a new access token, or choose OAuth Server-to-Server, which renews it by itself. The access token is not valid or has expired.',
        },
      },
      rule(
        'error_code',
        '403000',
        "Fill in 'API Key (Client ID)'; if it is there, a proxy may be removing the X-Api-Key header. The API key did not arrive.",
      ),
      rule(
        'error_code',
        '403003',
        "Copy the Client ID of your project in the Adobe Developer Console to 'API Key (Client ID)'. The API key is not valid.",
      ),
      rule(
        'error_code',
        '403010',
        "Fill in 'Access Token'; if it is there, a proxy may be removing the Authorization header. The access token did not arrive.",
      ),
      rule(
        'error_code',
        '403011',
        "Compare 'Scopes' with those of your project in the Adobe Developer Console. The access token lacks a scope.",
      ),
      rule(
        'error_code',
        '403023',
        "Check 'Organization', and give the technical account the product profile of this Campaign instance in the Adobe Admin Console. The access token does not reach this organization.",
      ),
      ...['429001', '429002', '429050'].map((code) => rule('error_code', code, 'Try again in a minute. Adobe asks to slow down.')),
      rule(
        'code',
        500,
        "Check 'Organization': for a stage instance it ends with -mkt-stage or -mkt-stage1. Adobe's gateway does not know this organization (500).",
      ),
      rule(
        'code',
        502,
        "Check 'Organization'; if it is right, ask Adobe to set up REST APIs for the instance. Adobe's gateway cannot reach this organization (502).",
      ),
      rule(
        'content',
        undefined,
        "Check 'API Base URL' and 'Organization', and that the technical account may read profiles. The answer is not Adobe Campaign's.",
      ),
    ] as ICredentialTestRequest['rules'],
  };

  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
    return await mintToken(this.helpers, credentials);
  }
}

type BodyRule = Extract<NonNullable<ICredentialTestRequest['rules']>[number], { type: 'responseSuccessBody' }>;

/** The test has not passed when the answer's `key` has this `value`. */
function rule(key: string, value: string | number | undefined, message: string): BodyRule {
  return { type: 'responseSuccessBody', properties: { key, value, message } };
}
