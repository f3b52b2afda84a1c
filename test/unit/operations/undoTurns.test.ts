import type { IDataObject } from 'n8n-workflow';

import { profile as profileResource } from '../../../nodes/AdobeCampaignProfile/profile';
import { printTrail } from '../../../nodes/shared/campaign/write/trail';
import { Item } from '../../../nodes/shared/execution/item';
import { runOperation } from '../../../nodes/shared/execution/runner';
import { profile } from '../support/campaign';
import { fakeContext, helperAnswer } from '../support/context';
import { strangeMark } from '../support/strangeTrail';

const COUNT = 3_000;
/** Steps that are made in a row at the most. */
const STEPS = 256;

/** Counts how often trails are looked at, and how often others have their turn. */
class Watch {
  private reads = 0;
  private isOver = false;
  /** The most looks at trails between two turns of others. */
  mostReads = 0;
  /** Turns since the last look at a trail as it was given. */
  turnsSince = 0;

  readonly read = (): void => {
    this.reads += 1;
    this.mostReads = Math.max(this.mostReads, this.reads);
    this.turnsSince = 0;
  };

  begin(): void {
    this.reads = 0;
    this.turnsSince += 1;
    if (!this.isOver) setImmediate(() => this.begin());
  }

  end(): void {
    this.isOver = true;
  }
}

function strangeTrail(index: number, watch: Watch): IDataObject {
  const item = { trail: printTrail(strangeMark(index), []) };
  const changes = (): never[] => {
    watch.read();
    return [];
  };
  return Object.defineProperty(item, 'changes', { get: changes, enumerable: true });
}

async function run(items: readonly IDataObject[], watch: Watch, found: readonly IDataObject[] = []): Promise<number> {
  const { context } = fakeContext({
    parameters: { resource: 'profile', api: 'profileAndServices', operation: 'undoChanges', matchBy: 'email', createdRecords: 'keep' },
    items,
    continueOnFail: true,
    request: async () => helperAnswer({ content: found }),
  });
  watch.begin();
  const [outputs = []] = await runOperation(context, [profileResource]);
  watch.end();
  return outputs.length;
}

describe('Undo Changes of very many trails lets others have their turn', () => {
  it.each([
    ['an item each', (trails: IDataObject[]) => trails],
    ['all in one item', (trails: IDataObject[]) => [{ items: trails }]],
  ])('%s', async (_, itemsOf) => {
    const watch = new Watch();
    const trails = Array.from({ length: COUNT }, (__, index) => strangeTrail(index, watch));

    expect(await run(itemsOf(trails), watch)).toBe(COUNT);
    // A trail is looked at a few times.
    expect(watch.mostReads).toBeLessThanOrEqual(8 * STEPS);
    expect(watch.turnsSince).toBeGreaterThanOrEqual(COUNT / STEPS);
  });

  it('all in one item, when each has been undone and is put out', async () => {
    const watch = new Watch();
    const told = jest.spyOn(Item.prototype, 'tellOutcome').mockImplementation(() => watch.read());
    const mark = { ...strangeMark(1), organization: 'northwind', done: 'unchanged', at: '2026-01-01T00:00:00.000Z' } as const;
    const trails = Array.from({ length: COUNT }, (_, index) => ({
      changes: [],
      trail: printTrail({ ...mark, email: `same.${index}@mail.com` }, []),
    }));

    expect(await run([{ items: trails }], watch, [profile('@1')])).toBe(COUNT);
    expect(told).toHaveBeenCalledTimes(COUNT);
    expect(watch.mostReads).toBeLessThanOrEqual(STEPS);
  });
});
