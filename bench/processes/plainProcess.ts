/** The contestants that are no n8n: raw undici and Adobe's own SDK, each in a process of its own. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

import { Agent } from 'undici';

import { collectGarbage, Meter, type Measure } from '../nodes/meter';
import type { PlainCalls, PlainWork } from './plain';
import { serve } from './process';
import type { UpdateItem } from '../update';

/** The part of the SDK that is used here; it has no types. */
interface AdobeSdk {
  init(
    organization: string,
    apiKey: string,
    token: string,
  ): Promise<{
    updateProfile(key: string, fields: Record<string, string>): Promise<unknown>;
  }>;
}

function readItems({ itemsFile, count }: { itemsFile: string; count: number }): UpdateItem[] {
  return (JSON.parse(readFileSync(itemsFile, 'utf8')) as UpdateItem[]).slice(0, count);
}

/**
 * Keeps `width` updates under way until all items are through.
 *
 * @param update tells whether it worked
 */
async function measure(items: readonly UpdateItem[], width: number, update: (item: UpdateItem) => Promise<boolean>) {
  const meter = new Meter();
  let succeeded = 0;
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) if (await update(item).catch(() => false)) succeeded += 1;
  };
  await Promise.all(Array.from({ length: width }, work));
  const taken: Measure = meter.read();
  return { ...taken, succeeded, failed: items.length - succeeded };
}

serve<PlainCalls>({
  async undici(work) {
    const dispatcher = new Agent({ connections: work.inFlight });
    const headers = {
      authorization: `Bearer ${work.token}`,
      'x-api-key': work.access.apiKey,
      'cache-control': 'no-cache',
      'content-type': 'application/json;charset=utf-8',
    };
    const root = new URL(work.profilesUrl);
    try {
      return await measure(readItems(work), work.inFlight, async ({ PKey, ...fields }) => {
        const { statusCode, body } = await dispatcher.request({
          origin: root.origin,
          path: `${root.pathname}/${PKey}`,
          method: 'PATCH',
          headers,
          body: JSON.stringify(fields),
        });
        await body.json();
        return statusCode === 200;
      });
    } finally {
      await dispatcher.close();
    }
  },

  async adobeSdk(work) {
    const client = await adobeClient(work);
    return await measure(readItems(work), 1, async ({ PKey, ...fields }) => {
      await client.updateProfile(PKey, fields);
      return true;
    });
  },

  /** What the items take in memory as n8n holds them: input and output, each with its `pairedItem`. */
  dataBytes(work) {
    const json = readFileSync(work.itemsFile, 'utf8');
    const before = heapAfterCollection();
    const data = (JSON.parse(json) as UpdateItem[]).slice(0, work.count).flatMap((item) => {
      const answer: unknown = JSON.parse(JSON.stringify({ PKey: item.PKey, href: `${work.profilesUrl}/${item.PKey}` }));
      return [
        { json: item, pairedItem: { item: 0 } },
        { json: answer, pairedItem: { item: 0 } },
      ];
    });
    const inMemory = heapAfterCollection() - before;
    return { inMemory, asJson: Buffer.byteLength(JSON.stringify(data)) };
  },
});

function heapAfterCollection(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The SDK knows Adobe's address only: its description of the API is pointed at the simulator before it is read. */
async function adobeClient({ access, token }: PlainWork) {
  const load = createRequire(path.resolve(__dirname, '../sdk/package.json'));
  const description = load('@adobe/aio-lib-campaign-standard/spec/api.json') as { servers: Array<{ url: string }> };
  for (const server of description.servers) server.url = server.url.replace('https://mc.adobe.io', access.url);
  const sdk = load('@adobe/aio-lib-campaign-standard') as AdobeSdk;
  return await sdk.init(access.organization, access.apiKey, token);
}
