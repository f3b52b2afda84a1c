import type * as Undici from 'undici';

/** What n8n itself sends requests with. */
export interface HostLibraries {
  readonly undici: typeof Undici;
  /** The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for a URL; empty for none. */
  readonly getProxyForUrl: (url: string) => string;
}

/**
 * Finds libraries in the n8n that runs this package, which puts its own modules within reach of packages (NODE_PATH);
 * this package has none of its own. The imports become `require`: a native `import()` does not look there.
 *
 * `proxy-from-env` and not undici's `EnvHttpProxyAgent`, because n8n's helper decides with it: undici ignores ALL_PROXY,
 * sends https through HTTP_PROXY and reads NO_PROXY another way.
 *
 * @returns undefined where one of them is missing
 */
export async function findHostLibraries(): Promise<HostLibraries | undefined> {
  try {
    const [undici, { getProxyForUrl }] = await Promise.all([import('undici'), import('proxy-from-env')]);
    return { undici, getProxyForUrl };
  } catch {
    return undefined;
  }
}
