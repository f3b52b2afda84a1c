import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The secrets of deploy/queue/compose.yaml, which it gives to containers as files, by the names of those. */
export interface Secrets {
  postgres_password: string;
  redis_password: string;
  n8n_encryption_key: string;
}

/** Makes secrets up, each in a file of its own with a line's end behind it, as `openssl rand` writes it; those that are there stay. */
export function writeSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = (name: string): string => {
    const file = path.join(folder, name);
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    return readFileSync(file, 'utf8').trim();
  };
  return {
    postgres_password: secret('postgres_password'),
    redis_password: secret('redis_password'),
    n8n_encryption_key: secret('n8n_encryption_key'),
  };
}
