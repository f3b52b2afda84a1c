import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { helperAnswer } from '../support/context';
import { person, PolledTrigger } from '../support/poll';

type Done = NonNullable<Parameters<IPollFunctions['__emit']>[2]>;

let workflows = 0;

/** A trigger whose list of profiles a test changes from poll to poll. */
class Polled extends PolledTrigger {
  private readonly id = `workflow ${(workflows += 1)}`;
  profiles: IDataObject[] = [];
  refuses = false;
  /** What was handed over by the poll itself, to executions that n8n tells the end of. */
  readonly executions: Array<{ readonly names: unknown[]; readonly done: Done }> = [];

  override async poll(more: Partial<IPollFunctions> = {}): Promise<unknown[]> {
    return await super.poll({
      getWorkflow: () => ({ id: this.id, name: 'w', active: true }),
      __emit: ([items = []], _, done) => {
        if (this.refuses) throw new Error('Too much');
        if (!done) throw new Error('Nobody is told the end');
        this.executions.push({ names: items.map(({ json }) => json.email), done });
      },
      ...more,
    });
  }

  async sample(): Promise<unknown[]> {
    return await this.poll({ getMode: () => 'manual' });
  }

  protected override list(url: string): unknown {
    const field = url.includes('_order=created') ? 'created' : 'lastModified';
    const content = [...this.profiles].sort((left, right) => (String(left[field]) < String(right[field]) ? 1 : -1));
    return helperAnswer({ content });
  }
}

describe('a poll', () => {
  it('hands over what changed since the one before', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 1)];
    expect(await trigger.poll()).toEqual([]);
    trigger.profiles.push(person('new', 5, 5));
    expect(await trigger.poll()).toEqual(['new']);
    expect(await trigger.poll()).toEqual([]);
  });

  it('begins anew when another event is chosen: what was handed over for one says nothing about the other', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 2)];
    await trigger.poll();
    trigger.profiles.push(person('new', 5, 5));
    trigger.parameters = { event: 'created' };
    expect(await trigger.poll()).toEqual([]);
    trigger.profiles.push(person('newer', 8, 8));
    expect(await trigger.poll()).toEqual(['newer']);
  });

  it('goes on where it was when only the filters change', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('old', 1, 1)];
    await trigger.poll();
    trigger.profiles.push(person('new', 5, 5));
    trigger.parameters = { filters: { email: [{ email: 'new' }] } };
    expect(await trigger.poll()).toContain('new');
  });
});

describe('a sample for the editor', () => {
  it('is one that would start the workflow', async () => {
    const trigger = new Polled();
    trigger.profiles = [person('untouched', 9, 9), person('changed', 1, 7)];
    trigger.parameters = { event: 'updated' };
    expect(await trigger.sample()).toEqual(['changed']);
    trigger.parameters = {};
    expect(await trigger.sample()).toEqual(['untouched']);
    expect(trigger.state).toEqual({});
  });
});

describe('Repeat Unfinished', () => {
  const started = async (): Promise<Polled> => {
    const trigger = new Polled();
    trigger.parameters = { options: { repeatUnfinished: true }, 'options.repeatUnfinished': true };
    trigger.profiles = [person('old', 1, 1)];
    await trigger.poll();
    return trigger;
  };
  /** n8n is killed: what was in memory has gone, and the state is what was stored last. */
  const killed = (trigger: Polled): Polled => {
    const { unconfirmed } = trigger.state;
    if (unconfirmed) trigger.state = { ...trigger.state, unconfirmed: { ...(unconfirmed as IDataObject), process: 'another' } };
    return trigger;
  };
  const handedOver = ({ executions }: Polled) => executions.map(({ names }) => names);

  it('starts the execution itself, and hands over once while n8n lives', async () => {
    const trigger = await started();
    trigger.profiles.push(person('new', 5, 5));
    expect(await trigger.poll()).toEqual([]);
    expect(await trigger.poll()).toEqual([]);
    trigger.executions[0]?.done.resolve(undefined);
    await trigger.poll();
    expect(handedOver(trigger)).toEqual([['new']]);
    expect(trigger.state.unconfirmed).toBeUndefined();
  });

  it('hands over again what an execution had that did not end', async () => {
    const trigger = await started();
    trigger.profiles.push(person('first', 5, 5));
    await trigger.poll();
    trigger.profiles.push(person('second', 8, 8));
    await trigger.poll();
    // The second has ended; the first has not, and the second came after it.
    trigger.executions[1]?.done.resolve(undefined);
    await trigger.poll();
    await killed(trigger).poll();
    expect(handedOver(trigger)).toEqual([['first'], ['second'], ['first', 'second']]);
  });

  it('hands nothing over again that has ended', async () => {
    const trigger = await started();
    trigger.profiles.push(person('first', 5, 5));
    await trigger.poll();
    trigger.executions[0]?.done.resolve(undefined);
    trigger.profiles.push(person('second', 8, 8));
    await trigger.poll();
    await killed(trigger).poll();
    expect(handedOver(trigger)).toEqual([['first'], ['second'], ['second']]);
  });

  it.each([
    ['was stopped by somebody', 'manual', [['new']]],
    ['was ended by the shutdown of n8n', 'shutdown', [['new'], ['new']]],
  ])('knows what an execution has come to that %s', async (_, reason, expected) => {
    const trigger = await started();
    trigger.profiles.push(person('new', 5, 5));
    await trigger.poll();
    trigger.executions[0]?.done.reject(Object.assign(new Error('The execution was cancelled'), { reason }));
    await trigger.poll();
    expect(handedOver(trigger)).toEqual(expected);
  });

  it('keeps its place when n8n does not take the items', async () => {
    const trigger = await started();
    trigger.profiles.push(person('new', 5, 5));
    const before = structuredClone(trigger.state);
    trigger.refuses = true;
    await expect(trigger.poll()).rejects.toThrow('Too much');
    expect(trigger.state).toEqual(before);
    trigger.refuses = false;
    await trigger.poll();
    expect(handedOver(trigger)).toEqual([['new']]);
  });

  it('goes nowhere back for another kind of time', async () => {
    const trigger = await started();
    trigger.profiles.push(person('new', 5, 5));
    await trigger.poll();
    trigger.parameters = { ...trigger.parameters, event: 'created' };
    await trigger.poll();
    expect(trigger.state.unconfirmed).toBeUndefined();
    await killed(trigger).poll();
    expect(handedOver(trigger)).toEqual([['new']]);
  });
});

describe('a poll that finds very many', () => {
  const COUNT = 3_000;
  /** Steps that are made in a row at the most. */
  const STEPS = 256;

  it('lets others have their turn between its last answer and what it hands over', async () => {
    const trigger = new Polled();
    trigger.parameters = { event: 'createdOrUpdated', 'options.startDate': '2026-01-01' };
    trigger.profiles = Array.from({ length: COUNT }, (_, index) => person(`many.${index}`, index % 60));
    let [turns, isOver] = [0, false];
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);

    expect(await trigger.poll()).toHaveLength(COUNT);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(COUNT / STEPS);
  });
});
