import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

import { projectRoot } from '../host/support/paths';
import { DATABASE } from './services';

/** The compose file for production, as far as it is of interest here. */
interface ComposeFile {
  'x-n8n-environment': Record<string, string | number | boolean>;
}

/** What production has because people reach it from elsewhere. */
const ELSEWHERE = /^N8N_(?:HOST|PROTOCOL|PROXY_HOPS|EDITOR_BASE_URL)$|^WEBHOOK_URL$|^GENERIC_TIMEZONE$/;

/** Where containers find their secrets. */
const SECRETS = '/run/secrets/';

/**
 * The environment of n8n in queue mode: that of deploy/queue/compose.yaml, with the addresses of this machine's services.
 * @param ports of PostgreSQL and Redis on 127.0.0.1
 * @param secrets folder with the files that containers find in /run/secrets
 */
export function queueEnvironment(ports: { postgres: number; redis: number }, secrets: string): Record<string, string> {
  const compose = parse(readFileSync(path.join(projectRoot, 'deploy', 'queue', 'compose.yaml'), 'utf8')) as ComposeFile;
  const shared = Object.entries(compose['x-n8n-environment']).filter(([name]) => !ELSEWHERE.test(name));
  return {
    ...Object.fromEntries(shared.map(([name, value]) => [name, String(value).replace(SECRETS, `${secrets}/`)])),
    DB_POSTGRESDB_HOST: '127.0.0.1',
    DB_POSTGRESDB_PORT: String(ports.postgres),
    DB_POSTGRESDB_DATABASE: DATABASE.database,
    DB_POSTGRESDB_USER: DATABASE.user,
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(ports.redis),
  };
}
