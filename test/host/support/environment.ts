import path from 'node:path';

import type { Owner } from './owner';

/**
 * What n8n inherits from this process. Everything else stays out: a person's own N8N_ and DB_ settings must not
 * reach this host, and the test runner's NODE_ENV=test makes n8n refuse to load nodes.
 */
const inherited = /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TERM|https?_proxy|all_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_.*)$/i;

/** What the environment of one host depends on. Ports are TCP ports on loopback; paths are absolute. */
export interface EnvironmentOptions {
  userFolder: string;
  node: string;
  /** Folders looked up before all others when n8n runs a program such as npm. */
  programFolders: string[];
  port: number;
  brokerPort: number;
  owner: Owner;
  extra: Record<string, string>;
}

/**
 * The environment that n8n is started with: an owner who can sign in, reachable from this machine only, and nothing
 * that calls n8n's own services or distracts on a picture.
 */
export function hostEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (inherited.test(name)) environment[name] = value;
  }
  const loopback = '127.0.0.1,localhost';
  return {
    ...environment,
    PATH: [...options.programFolders, path.dirname(options.node), environment.PATH].join(path.delimiter),
    // The simulator is on loopback; a proxy of the person's network must not be asked for it.
    NO_PROXY: [loopback, process.env.NO_PROXY ?? process.env.no_proxy].filter(Boolean).join(','),
    NODE_ENV: 'production',
    N8N_USER_FOLDER: options.userFolder,
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(options.port),
    N8N_SECURE_COOKIE: 'false',
    N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
    N8N_INSTANCE_OWNER_EMAIL: options.owner.email,
    N8N_INSTANCE_OWNER_FIRST_NAME: 'Demo',
    N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
    N8N_INSTANCE_OWNER_PASSWORD_HASH: options.owner.passwordHash,
    N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    // A package whose folder was taken away because its content changed comes back before workflows are activated.
    N8N_REINSTALL_MISSING_PACKAGES: 'true',
    N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
    N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
    N8N_PYTHON_ENABLED: 'false',
    N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
    N8N_DYNAMIC_BANNERS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_LOG_FORMAT: 'text',
    NO_COLOR: '1',
    ...options.extra,
  };
}
