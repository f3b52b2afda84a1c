import { readFileSync } from 'node:fs';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { profile as profileResource } from '../../nodes/AdobeCampaignProfile/profile';
import { printTrail, type TrailMark } from '../../nodes/shared/campaign/write/trail';
import { runOperation } from '../../nodes/shared/execution/runner';
import { METADATA, profile, PROFILES } from '../../test/unit/support/campaign';
import { fakeContext, helperAnswer, helperError, type ContextSettings } from '../../test/unit/support/context';
import { person, PolledTrigger } from '../../test/unit/support/poll';
import { strangeMark } from '../../test/unit/support/strangeTrail';

/** What very many items did to everything else in the process. */
export interface Flooded {
  readonly what: string;
  /** The most work between two turns of the event loop, in ms of the thread's CPU time: what others on the machine take does not count. */
  readonly longest: number;
  readonly seconds: number;
}

const COUNT = 100_000;
const PAGE = 200;
const update = {
  operation: 'update',
  fields: { mappingMode: 'autoMapInputData', matchingColumns: ['PKey'], value: null },
  options: { identifyBy: 'matchingColumn' },
};

interface Flood {
  readonly what: string;
  readonly parameters: IDataObject;
  readonly items: IDataObject[];
  readonly request?: ContextSettings['request'];
}

const CHANGES = [{ field: 'firstName', before: 'Al', after: 'Bo' }];

function trailOf(mark: TrailMark): IDataObject {
  return { changes: CHANGES.map((change) => ({ ...change })), trail: printTrail(mark, CHANGES) };
}

const strangeTrail = (index: number): IDataObject => trailOf(strangeMark(index));
const ownTrail = (index: number): IDataObject => trailOf({ ...strangeMark(index), organization: 'northwind' });

/** A Campaign of which so much is known. As over a line, an answer has a turn of its own. */
function campaign(answer: (method: unknown, url: string) => unknown): ContextSettings['request'] {
  return async (_, options) => {
    const { method, url } = options as IHttpRequestOptions;
    await new Promise((resolve) => setImmediate(resolve));
    return helperAnswer(url.includes('/resourceType/') ? METADATA : answer(method, url));
  };
}

const ofNobody = campaign(() => ({ content: [], count: { value: 0 } }));
/** Everybody is there, and holds what the trails left until something else is written. */
function ofEverybody(): ContextSettings['request'] {
  const written = new Set<string>();
  return campaign((method, url) => {
    const isSearch = url.includes('byEmail');
    const [index = ''] = /\d+/.exec(url.slice(url.search(isSearch ? 'strange' : '@'))) ?? [];
    if (method === 'PATCH') written.add(index);
    const found = profile(`@${index}`, { email: `strange.${index}@mail.com`, firstName: written.has(index) ? 'Al' : 'Bo' });
    return isSearch ? { content: [found] } : found;
  });
}

const undo = { operation: 'undoChanges', matchBy: 'email', createdRecords: 'keep' };

const FLOODS: readonly Flood[] = [
  {
    what: 'items without a key: none asks Campaign',
    parameters: update,
    items: Array.from({ length: COUNT }, () => ({ PKey: '', firstName: 'Al' })),
  },
  {
    what: 'items that all fail alike, after one request',
    parameters: update,
    items: Array.from({ length: COUNT }, (_, index) => ({ PKey: `@${index}`, firstName: 'Al' })),
    request: async () => await Promise.reject(helperError(403, { error_code: '403000', message: 'Api Key is invalid' })),
  },
  {
    what: 'items that are looked up in a list of no profiles',
    parameters: {
      operation: 'upsert',
      fields: { mappingMode: 'autoMapInputData', matchingColumns: ['email'], value: null },
      options: { lookUp: 'fromList', ifMissing: 'skip' },
      preview: true,
    },
    items: Array.from({ length: COUNT }, (_, index) => ({ email: `flood.${index}@mail.com`, firstName: 'Al' })),
    request: ofNobody,
  },
  {
    what: 'items of Undo Changes without a trail',
    parameters: undo,
    items: Array.from({ length: COUNT }, (_, index) => ({ email: `flood.${index}@mail.com`, trail: '{"schema":1}' })),
    request: ofNobody,
  },
  {
    what: 'items of Undo Changes with a trail of another organization',
    parameters: undo,
    items: Array.from({ length: COUNT }, (_, index) => strangeTrail(index)),
    request: ofNobody,
  },
  {
    what: 'such trails in one item of Undo Changes',
    parameters: undo,
    items: [{ items: Array.from({ length: COUNT }, (_, index) => strangeTrail(index)) }],
    request: ofNobody,
  },
  {
    what: 'items of Undo Changes that are undone',
    parameters: undo,
    items: Array.from({ length: COUNT }, (_, index) => ownTrail(index)),
    request: ofEverybody(),
  },
  {
    what: 'trails that are undone in one item of Undo Changes',
    parameters: undo,
    items: [{ items: Array.from({ length: COUNT }, (_, index) => ownTrail(index)) }],
    request: ofEverybody(),
  },
];

/** A list of very many profiles, the newest first, of which a poll hands over the oldest 10,000. */
class LongList extends PolledTrigger {
  override parameters: IDataObject = { event: 'createdOrUpdated', 'options.startDate': '2026-01-01' };

  protected override async list(url: string): Promise<unknown> {
    await new Promise((resolve) => setImmediate(resolve));
    const start = Number(/_lineStart=@(\d+)/.exec(url)?.[1] ?? 0);
    const content = Array.from({ length: PAGE }, (_, index) =>
      person(`flood.${start + index}@mail.com`, 59 - Math.floor((60 * start) / COUNT)),
    );
    const next = start + PAGE < COUNT ? { next: { href: `${PROFILES}/?_lineStart=@${start + PAGE}` } } : {};
    return helperAnswer({ content, ...next });
  }
}

/** Runs 100,000 items, nearly all without Campaign, and watches how long they keep everybody else from their turn. */
export async function flood(tell: (flooded: Flooded) => void): Promise<void> {
  for (const flooding of FLOODS) {
    // What is compiled on its first use is not of interest.
    await runFlood({ ...flooding, items: flooding.items.slice(0, 2_000) });
    tell(await runFlood(flooding));
  }
  const trigger = new LongList();
  await trigger.poll();
  tell(await watched('profiles in the list of the trigger, whose second poll hands over 10,000', async () => void (await trigger.poll())));
}

async function runFlood({ what, parameters, items, request }: Flood): Promise<Flooded> {
  const { context } = fakeContext({
    parameters: { resource: 'profile', api: 'profileAndServices', ...parameters },
    items,
    continueOnFail: true,
    request,
  });
  // What n8n does to the items before and after is not ours.
  const data = context.getInputData();
  context.getInputData = () => data;
  return await watched(what, async () => void (await runOperation(context, [profileResource])));
}

async function watched(what: string, task: () => Promise<void>): Promise<Flooded> {
  const begin = performance.now();
  let [longest, isOver, before] = [0, false, cpuMilliseconds()];
  const watch = (): void => {
    longest = Math.max(longest, cpuMilliseconds() - before);
    before = cpuMilliseconds();
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await task();
  isOver = true;
  return { what, longest, seconds: (performance.now() - begin) / 1000 };
}

/** CPU time of this thread, in which all JavaScript runs: what collects garbage besides it keeps nobody from their turn. */
function cpuMilliseconds(): number {
  return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}
