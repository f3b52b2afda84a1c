import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { CAMPAIGN_SCOPES } from '../test/simulator/tokens';
import { ProbeProblem } from './problem';
import type { Terminal } from './terminal';

/** How to come in. Nothing of it is ever printed or reported. */
export interface Access {
  readonly organization: string;
  readonly apiKey: string;
  /** One of the two. */
  readonly clientSecret?: string;
  readonly accessToken?: string;
  readonly scopes: string;
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
}

export const CREDENTIALS_FILE = 'probe.credentials.json';

const API_BASE_URL = 'https://mc.adobe.io';
const TOKEN_URL = 'https://ims-na1.adobelogin.com/ims/token/v3';
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Reads the credentials from a file, or asks for them.
 * @param file null: the usual one if it is there
 * @throws ProbeProblem for a file that git would take in, or that says too little
 */
export async function readAccess(file: string | null, terminal: Terminal): Promise<Access> {
  if (file !== null && !existsSync(file)) throw new ProbeProblem(`There is no file ${file}.`);
  const found = file ?? (existsSync(CREDENTIALS_FILE) ? CREDENTIALS_FILE : null);
  return found === null ? await askForAccess(terminal) : accessFrom(fileContent(found));
}

async function askForAccess(terminal: Terminal): Promise<Access> {
  const organization = await terminal.ask('Organization (between the host and /campaign in API addresses): ');
  const apiKey = await terminal.askSecretly('API key (client ID): ');
  const clientSecret = await terminal.askSecretly('Client secret (empty: use an access token): ');
  const accessToken = clientSecret === '' ? await terminal.askSecretly('Access token: ') : '';
  return accessFrom({ organization, apiKey, clientSecret, accessToken });
}

/** @throws ProbeProblem that names what is missing, never a value */
export function accessFrom(given: Readonly<Record<string, unknown>>): Access {
  const text = (name: string): string => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof value === 'string' ? value.trim() : '';
  };
  const organization = text('organization');
  if (!/^[\w.-]+$/.test(organization)) throw new ProbeProblem('"organization" is missing, or is not the name of an organization.');
  if (text('apiKey') === '') throw new ProbeProblem('"apiKey" is missing.');
  if (text('clientSecret') === '' && text('accessToken') === '') throw new ProbeProblem('"clientSecret" or "accessToken" is needed.');
  return {
    organization,
    apiKey: text('apiKey'),
    ...(text('clientSecret') === '' ? { accessToken: text('accessToken') } : { clientSecret: text('clientSecret') }),
    scopes: text('scopes') || CAMPAIGN_SCOPES,
    apiBaseUrl: secureUrl('apiBaseUrl', text('apiBaseUrl') || API_BASE_URL).replace(/\/+$/, ''),
    tokenUrl: secureUrl('tokenUrl', text('tokenUrl') || TOKEN_URL),
  };
}

/** Secrets travel encrypted, or stay on this machine. */
function secureUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!isSafe) throw new ProbeProblem(`"${name}" is not an https address.`);
  return text;
}

function fileContent(file: string): Readonly<Record<string, unknown>> {
  if (!isIgnoredByGit(file))
    throw new ProbeProblem(`git would take ${file} in. Use ${CREDENTIALS_FILE}, or a file outside of the repository.`);
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // What is in it is not repeated.
  }
  throw new ProbeProblem(`${file} is not a JSON object.`);
}

/** Whether git leaves the file alone: it is ignored, or in no repository. */
function isIgnoredByGit(file: string): boolean {
  try {
    execFileSync('git', ['check-ignore', '--quiet', file], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // 1: not ignored; 128: no repository here, or the file is outside of it.
    return error instanceof Error && 'status' in error && error.status !== 1;
  }
}
