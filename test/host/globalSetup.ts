import { startHost, type Host } from './host';
import { announceHost } from './sharedHost';

/** The host of this jest run, where the global teardown finds it. */
export const running: { host?: Host } = ((globalThis as { adobeCampaignHost?: { host?: Host } }).adobeCampaignHost ??= {});

/** Starts the one host that the host and browser rings share; jest calls it once, before the first test. */
export default async function setUp(): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    controller.abort();
    // Jest ends at once when it is interrupted and skips the teardown.
    void Promise.resolve(running.host?.stop()).then(() => process.exit(130));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, interrupt);
  running.host = await startHost({ signal: controller.signal });
  announceHost(running.host);
}
