import type { IDataObject } from 'n8n-workflow';

import { profile as profileResource } from '../../nodes/AdobeCampaignProfile/profile';
import { printTrail } from '../../nodes/shared/campaign/write/trail';
import { runOperation } from '../../nodes/shared/execution/runner';
import { fakeContext, helperAnswer, helperError } from '../../test/unit/support/context';
import { strangeMark } from '../../test/unit/support/strangeTrail';

/** What very many items did to everything else in the process. */
export interface Flooded {
  readonly what: string;
  /** The most work between two turns of the event loop, in ms of CPU time: what others on the machine take does not count. */
  readonly longest: number;
  readonly seconds: number;
}

const COUNT = 100_000;
const update = { operation: 'update', fields: { mappingMode: 'autoMapInputData', matchingColumns: ['PKey'], value: null } };

interface Flood {
  readonly what: string;
  readonly parameters: IDataObject;
  readonly items: IDataObject[];
  readonly request?: () => Promise<unknown>;
}

function strangeTrail(index: number): IDataObject {
  const changes = [{ field: 'mobilePhone', before: '1', after: String(index) }];
  return { changes: changes.map((change) => ({ ...change })), trail: printTrail(strangeMark(index), changes) };
}

const undo = { operation: 'undoChanges', matchBy: 'email', createdRecords: 'keep' };

const FLOODS: readonly Flood[] = [
  {
    what: 'items without a key: none asks Campaign',
    parameters: update,
    items: Array.from({ length: COUNT }, () => ({ PKey: '', phone: '1' })),
  },
  {
    what: 'items that all fail alike, after one request',
    parameters: update,
    items: Array.from({ length: COUNT }, (_, index) => ({ PKey: `@${index}`, phone: '1' })),
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
    items: Array.from({ length: COUNT }, (_, index) => ({ email: `flood.${index}@mail.com`, phone: '1' })),
    request: async () => helperAnswer({ content: [], count: { value: 0 } }),
  },
  {
    what: 'items of Undo Changes without a trail',
    parameters: undo,
    items: Array.from({ length: COUNT }, (_, index) => ({ email: `flood.${index}@mail.com`, trail: '{"schema":1}' })),
  },
  {
    what: 'items of Undo Changes with a trail of another organization',
    parameters: undo,
    items: Array.from({ length: COUNT }, (_, index) => strangeTrail(index)),
    request: async () => helperAnswer({ content: [] }),
  },
  {
    what: 'such trails in one item of Undo Changes',
    parameters: undo,
    items: [{ items: Array.from({ length: COUNT }, (_, index) => strangeTrail(index)) }],
    request: async () => helperAnswer({ content: [] }),
  },
];

/** Runs 100,000 items that ask nothing, and watches how long they keep everybody else from their turn. */
export async function flood(tell: (flooded: Flooded) => void): Promise<void> {
  for (const flooding of FLOODS) {
    // What is compiled on its first use is not of interest.
    await runFlood({ ...flooding, items: flooding.items.slice(0, 2_000) });
    tell(await runFlood(flooding));
  }
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
  const begin = performance.now();
  let [longest, isOver, before] = [0, false, process.cpuUsage()];
  const watch = (): void => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.cpuUsage();
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await runOperation(context, [profileResource]);
  isOver = true;
  return { what, longest, seconds: (performance.now() - begin) / 1000 };
}
