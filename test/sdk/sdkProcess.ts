/**
 * Adobe's SDK in a process of its own: it knows Adobe's address only, and trusts the certificate that its process is started with.
 * Takes calls from the parent, and tells what came of them.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

/** How to reach the instance. */
export interface SdkAccess {
  readonly url: string;
  readonly organization: string;
  readonly apiKey: string;
  readonly token: string;
}

/** A method of the SDK. */
export interface SdkCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What the SDK resolved or rejected with. */
export type SdkOutcome =
  | { readonly ok: true; readonly status: number | null; readonly body: unknown }
  | { readonly ok: false; readonly message: string };

/** The SDK has no types. */
type Client = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

const load = createRequire(path.resolve(__dirname, '../../bench/sdk/package.json'));

async function connect({ url, organization, apiKey, token }: SdkAccess): Promise<Client> {
  // Its description of the API is pointed at the instance before it is read.
  const description = load('@adobe/aio-lib-campaign-standard/spec/api.json') as { servers: { url: string }[] };
  for (const server of description.servers) server.url = server.url.replace('https://mc.adobe.io', url);
  const sdk = load('@adobe/aio-lib-campaign-standard') as { init(organization: string, apiKey: string, token: string): Promise<Client> };
  return await sdk.init(organization, apiKey, token);
}

/** Some methods resolve with an answer, others with what was in it. */
function resolved(value: unknown): SdkOutcome {
  if (typeof value === 'object' && value !== null && 'status' in value && 'ok' in value) {
    const body: unknown = 'body' in value ? value.body : undefined;
    return { ok: true, status: Number(value.status), body: body ?? null };
  }
  return { ok: true, status: null, body: value ?? null };
}

async function call(client: Client, { method, args }: SdkCall): Promise<SdkOutcome> {
  try {
    const found = client[method];
    if (found === undefined) return { ok: false, message: `The SDK has no method ${method}` };
    return resolved(await found.apply(client, [...args]));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const access = JSON.parse(process.env.SDK_ACCESS ?? '{}') as SdkAccess;
const connected = connect(access);
process.on('message', (message: SdkCall) => {
  void connected.then((client) => call(client, message)).then((outcome) => process.send?.(outcome));
});
// Parents that die take it with them.
process.on('disconnect', () => process.exit(0));
/** The methods that the SDK has. */
void connected.then((client) =>
  process.send?.(
    Object.getOwnPropertyNames(Object.getPrototypeOf(client)).filter((name) => name !== 'constructor' && !name.startsWith('__')),
  ),
);
