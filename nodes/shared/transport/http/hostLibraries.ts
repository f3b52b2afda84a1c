import type * as Undici from 'undici';

/** What n8n itself sends requests with. */
export interface HostLibraries {
  readonly undici: typeof Undici;
  /** The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for a URL; empty for none. */
  readonly getProxyForUrl: (url: string) => string;
}

/**
 * Which of n8n's own packages lead to a library, each by way of the one before it. n8n puts its modules within reach of packages
 * (NODE_PATH), but where npm has not hoisted everything, as in n8n's official image, these are its direct dependencies only.
 */
const WAYS_TO_UNDICI: ReadonlyArray<readonly string[]> = [
  [],
  // n8n 2.28 and newer.
  ['@n8n/backend-network'],
  // n8n before 1.123; later ones have it among their direct dependencies.
  ['@n8n_io/license-sdk'],
];
const WAYS_TO_PROXY_FROM_ENV: ReadonlyArray<readonly string[]> = [[], ['@n8n/backend-network'], ['n8n-core'], ['axios']];

/**
 * Finds libraries in the n8n that runs this package; this package has none of its own.
 *
 * `proxy-from-env` and not undici's `EnvHttpProxyAgent`, because n8n's helper decides with it: undici ignores ALL_PROXY,
 * sends https through HTTP_PROXY and reads NO_PROXY another way.
 *
 * @returns undefined where one of them is missing
 */
export function findHostLibraries(): HostLibraries | undefined {
  const undici = load(WAYS_TO_UNDICI, 'undici', isUndici);
  const proxies = load(WAYS_TO_PROXY_FROM_ENV, 'proxy-from-env', isProxyFromEnv);
  return undici && proxies && { undici, getProxyForUrl: proxies.getProxyForUrl };
}

/**
 * The version of n8n-core, which differs from n8n's by one minor version at the most.
 *
 * @returns major and minor; undefined where they cannot be told
 */
export function versionOfN8nCore(): readonly [number, number] | undefined {
  const manifest = load([[]], 'n8n-core/package.json', hasVersion);
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(manifest?.version ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

/** The first that can be loaded and is what it should be. `require`, because a native `import()` does not look where n8n points. */
function load<Library>(
  ways: ReadonlyArray<readonly string[]>,
  name: string,
  isLibrary: (candidate: object) => candidate is Library & object,
): Library | undefined {
  for (const way of ways) {
    try {
      const candidate: unknown = require(pathBehind([...way, name]));
      if (typeof candidate === 'object' && candidate !== null && isLibrary(candidate)) return candidate;
    } catch {
      // Not on this way.
    }
  }
  return undefined;
}

/** The path of the last of some packages, each looked up from where the one before it is. @throws where one is missing */
function pathBehind(names: readonly string[]): string {
  return names.reduce((from, name) => require.resolve(name, from === '' ? undefined : { paths: [from] }), '');
}

/** Whether a library is an undici that takes handlers of the kind that `exchange` has: version 7, which brought `cacheStores`, or newer. */
export function isUndici(candidate: object): candidate is typeof Undici {
  return ['Client', 'Pool', 'ProxyAgent', 'buildConnector', 'cacheStores'].every((name) => name in candidate);
}

function isProxyFromEnv(candidate: object): candidate is Pick<HostLibraries, 'getProxyForUrl'> {
  return 'getProxyForUrl' in candidate && typeof candidate.getProxyForUrl === 'function';
}

function hasVersion(candidate: object): candidate is { version: string } {
  return 'version' in candidate && typeof candidate.version === 'string';
}
