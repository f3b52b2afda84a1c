import { readFileSync } from 'node:fs';

import { HostClient } from './client';
import type { Host } from './host';
import type { Owner } from './support/owner';
import type { SessionCookie } from './support/rest';

/** Environment variable through which jest's global setup tells the test files where the host is. */
const variable = 'ADOBE_CAMPAIGN_TEST_HOST';

/** The host that all test files of the host and browser rings share. */
export interface SharedHost {
  /** Address without a slash at the end. */
  url: string;
  owner: Owner;
  /** Session of the owner. A browser can use it too: `context.addCookies([host.cookie])`. */
  cookie: SessionCookie;
  client: HostClient;
  /** Name and version of the installed package. */
  package: { name: string; version: string };
  /** n8n's output so far. */
  logs(): string;
}

type Announcement = Pick<SharedHost, 'url' | 'owner' | 'cookie' | 'package'> & { logPath: string };

/** Tells the test files of this jest run about a host. For jest's global setup only. */
export function announceHost(host: Host): void {
  const { url, owner, logPath } = host;
  const { name, version } = host.package;
  const announcement: Announcement = { url, owner, logPath, cookie: host.client.rest.cookie, package: { name, version } };
  process.env[variable] = JSON.stringify(announcement);
}

/**
 * The running host.
 * @throws Error when jest was started without the global setup that starts it
 */
export function sharedHost(): SharedHost {
  const announced = process.env[variable];
  if (announced === undefined) throw new Error('No host is running: the jest project needs globalSetup test/host/globalSetup.ts.');
  const { logPath, ...rest } = JSON.parse(announced) as Announcement;
  return { ...rest, client: HostClient.resume(rest.cookie), logs: () => readFileSync(logPath, 'utf8') };
}
