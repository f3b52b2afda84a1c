import {
  ICredentialsHelper,
  type ICredentialDataDecryptedObject,
  type ICredentials,
  type ICredentialType,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INode,
  type INodeCredentialsDetails,
  type INodeProperties,
  type IRequestOptionsSimplified,
  type Workflow,
} from 'n8n-workflow';

/** A stored credential, as it would stand in n8n's database. */
export interface StoredCredential {
  readonly type: string;
  data: ICredentialDataDecryptedObject;
}

/**
 * n8n's credential rules without its database: generic authentication through the real expression engine, minting when
 * the expirable field is empty or after a 401, what was minted written back. Mirrors n8n's `CredentialsHelper`.
 */
export class InMemoryCredentials extends ICredentialsHelper {
  constructor(
    private readonly types: (name: string) => ICredentialType,
    private readonly stored: ReadonlyMap<string, StoredCredential>,
  ) {
    super();
  }

  getParentTypes(): string[] {
    return [];
  }

  isCredentialUsableByNode(): boolean {
    return true;
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = this.types(typeName);
    const options = requestOptions as IHttpRequestOptions;
    if (typeof authenticate === 'function') return await authenticate(credentials, options);
    if (typeof authenticate !== 'object' || !workflow || !node) return options;
    const resolve = (value: unknown): string =>
      String(workflow.expression.getSimpleParameterValue(node, String(value), 'internal', { $credentials: credentials }, undefined, ''));
    for (const [name, value] of Object.entries(authenticate.properties.headers ?? {})) {
      options.headers = { ...options.headers, [resolve(name)]: resolve(value) };
    }
    return options;
  }

  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    node: INode,
    credentialsExpired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = this.types(typeName);
    const expirable = type.properties.find(({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable);
    if (!expirable || !type.preAuthentication) return undefined;
    if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
    const output = (await type.preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
    const details = node.credentials?.[typeName];
    if (output[expirable.name] === undefined || !details) return undefined;
    await this.updateCredentials(details, typeName, { ...this.find(details).data, ...output });
    return { ...credentials, ...output };
  }

  async runPreAuthentication(): Promise<undefined> {
    return undefined;
  }

  async getCredentials(): Promise<ICredentials> {
    return await Promise.reject(new Error('Encrypted credentials are not part of this harness'));
  }

  async getDecrypted(_additionalData: unknown, details: INodeCredentialsDetails): Promise<ICredentialDataDecryptedObject> {
    const { type, data } = this.find(details);
    const defaults = Object.fromEntries(this.types(type).properties.map(({ name, default: value }) => [name, value as string]));
    return { ...defaults, ...data };
  }

  async updateCredentials(details: INodeCredentialsDetails, _type: string, data: ICredentialDataDecryptedObject): Promise<void> {
    this.find(details).data = data;
  }

  async updateCredentialsOauthTokenData(): Promise<void> {}

  getCredentialsProperties(type: string): INodeProperties[] {
    return this.types(type).properties;
  }

  private find({ id, name }: INodeCredentialsDetails): StoredCredential {
    const credential = this.stored.get(id ?? '');
    if (!credential) throw new Error(`No credential '${name}' (${id})`);
    return credential;
  }
}
