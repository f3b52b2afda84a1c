import { inRecordOrder, Queues, recordsInOrder, Turn, watchRecords } from '../../../nodes/shared/execution/recordOrder';
import { rejectionOf } from '../support/errors';

/** A task that can be let go, and notes its beginning. */
function held(log: string[], name: string) {
  let letGo: () => void = () => {};
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const task = async () => {
    log.push(name);
    await gone;
    return name;
  };
  return { task, letGo };
}

const turns = async () => await new Promise((resolve) => setImmediate(resolve));

describe('what is done to one record', () => {
  it('waits for all that shares any of its names, and none waits for the other', async () => {
    const log: string[] = [];
    const [first, second] = [held(log, 'key and email'), held(log, 'email and name')];
    const ends = [
      inRecordOrder(['key', 'mail'], first.task),
      inRecordOrder(['mail', 'name'], second.task),
      inRecordOrder(['name', 'key'], async () => log.push('name and key')),
      inRecordOrder(['other'], async () => log.push('another record')),
    ];
    await turns();
    expect(log).toEqual(['key and email', 'another record']);
    first.letGo();
    await turns();
    expect(log.slice(2)).toEqual(['email and name']);
    second.letGo();
    await Promise.all(ends);
    expect(log.slice(3)).toEqual(['name and key']);
    await turns();
    expect(recordsInOrder()).toEqual({ records: 0, watchers: 0 });
  });

  it('is not begun any more once the workflow is stopped, and lets nobody pass those under way', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const first = held(log, 'under way');
    const begun = inRecordOrder(['key'], first.task, controller.signal);
    const waiting = [1, 2, 3].map(
      async (number) => await rejectionOf(inRecordOrder(['key'], held(log, `waits ${number}`).task, controller.signal)),
    );
    const ofAnotherRun = inRecordOrder(['key'], async () => log.push('another run'));
    await turns();
    controller.abort();
    expect(await Promise.all(waiting)).toMatchObject(Array(3).fill({ failure: 'cancelled' }));
    await turns();
    expect(log).toEqual(['under way']);
    first.letGo();
    await Promise.all([begun, ofAnotherRun]);
    expect(log).toEqual(['under way', 'another run']);
  });

  it('is not begun when its turn comes together with the stop', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    const first = inRecordOrder(['key'], async () => controller.abort());
    const late = rejectionOf(inRecordOrder(['key'], held(log, 'late').task, controller.signal));
    await first;
    expect(await late).toMatchObject({ failure: 'cancelled' });
    expect(log).toEqual([]);
  });

  it('is heard of by whoever watches, each of its names, those under way included', async () => {
    const first = held([], 'a');
    const begun = inRecordOrder(['a'], first.task);
    const heard: string[] = [];
    const end = watchRecords((key) => heard.push(key));
    await inRecordOrder(['b', 'c'], async () => {});
    end();
    await inRecordOrder(['d'], async () => {});
    first.letGo();
    await begun;
    expect(heard).toEqual(['a', 'b', 'c']);
  });
});

describe('the queues of a run', () => {
  it('begin nothing any more once the workflow is stopped', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const queues = new Queues({ rest: async (task) => await task() }, controller.signal);
    const first = held(log, 'under way');
    const begun = queues.inOrder('key', first.task);
    const waiting = [1, 2].map(async () => await rejectionOf(queues.inOrder('key', held(log, 'waits').task)));
    controller.abort();
    first.letGo();
    await begun;
    expect(await Promise.all(waiting)).toMatchObject([{ failure: 'cancelled' }, { failure: 'cancelled' }]);
    expect(log).toEqual(['under way']);
  });

  it('give the place of whoever waits to others, but for the last of very many', async () => {
    let resting = 0;
    const rest = async <Result>(task: () => Promise<Result>): Promise<Result> => {
      resting += 1;
      return await task();
    };
    const queues = new Queues({ rest }, undefined);
    const first = held([], 'first');
    const all = [
      queues.inOrder('key', first.task),
      ...Array.from({ length: 1100 }, async () => await queues.inOrder('key', async () => 'done')),
    ];
    await turns();
    expect(resting).toBe(1000);
    first.letGo();
    expect((await Promise.all(all)).filter((result) => result === 'done')).toHaveLength(1100);
  });
});

describe('the turn of an item', () => {
  it('is awaited from its first place in a line until its task begins, and never again', async () => {
    const turn = new Turn();
    expect(turn.isAwaited).toBe(false);
    const task = turn.of(async () => turn.isAwaited);
    expect(turn.isAwaited).toBe(true);
    expect(await task()).toBe(false);
    turn.of(async () => {});
    expect(turn.isAwaited).toBe(false);
  });
});
