import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../nodes/shared/execution/item';
import { fakeContext, type ContextSettings } from '../support/context';
import { refusalBy, rejectionOf } from '../support/errors';

/** Shows what operations do not see: parameters before they are parsed. */
class RawItem extends Item {
  override value(name: string, fallback?: unknown): unknown {
    return super.value(name, fallback);
  }
}

function start(settings: ContextSettings) {
  const { context, reads } = fakeContext(settings);
  const run = new Run(context);
  const items = settings.items ?? [{}];
  return { run, reads, item: (index = 0) => new RawItem(run, index, items[index] ?? {}) };
}

describe('parameters', () => {
  it('without an expression are read once', () => {
    const { reads, item } = start({ parameters: { api: 'profileAndServices', options: { timeout: 30 } }, items: [{}, {}, {}] });

    expect([0, 1, 2].map((index) => item(index).value('api'))).toEqual(Array(3).fill('profileAndServices'));
    expect([0, 1, 2].map((index) => item(index).value('options.timeout'))).toEqual([30, 30, 30]);
    expect(reads).toEqual(['api#0', 'options.timeout#0']);
  });

  it('with an expression are read for every item', () => {
    const items = [{ a: 'first' }, { a: 'second' }];
    const { item } = start({ parameters: { api: '={{$json.a}}' }, items });

    expect([0, 1].map((index) => item(index).value('api'))).toEqual(['first', 'second']);
  });

  it('with an expression anywhere inside are read for every item', () => {
    const items = [{ a: 'amy@mail.com' }, { a: 'ida@mail.com' }];
    const parameters = { profile: { __rl: true, mode: 'email', value: '={{$json.a}}' }, selectedFields: ['email', '={{$json.a}}'] };
    const { item } = start({ parameters, items });

    expect([0, 1].map((index) => item(index).value('profile'))).toMatchObject([{ value: 'amy@mail.com' }, { value: 'ida@mail.com' }]);
    expect(item(1).value('selectedFields')).toEqual(['email', 'ida@mail.com']);
  });

  it('are not mixed up with others of the same collection', () => {
    const { item } = start({
      parameters: { options: { notFound: 'fail', severalMatches: '={{$json.a}}' } },
      items: [{ a: 'all' }, { a: 'first' }],
    });

    expect([0, 1].map((index) => item(index).value('options.severalMatches'))).toEqual(['all', 'first']);
    expect(item(1).value('options.notFound')).toBe('fail');
  });

  it.each([false, 0, '', null])('may be %j', (value) => {
    const { item } = start({ parameters: { options: { value } }, items: [{}, {}] });
    const read = () => item(1).value('options.value', 'fallback');

    expect(read()).toEqual(value);
    expect(read()).toEqual(value);
  });

  it('come to settings once where they are the same for every item, and anew where one may differ', () => {
    const items = [{ a: 'first' }, { a: 'all' }, { a: 'fail' }];
    const several = (one: Item) => one.choice('options.severalMatches', 'When Several Match', ['fail', 'all', 'first']);
    const settings = (value: string) => {
      const { item } = start({ parameters: { options: { severalMatches: value } }, items });
      const read = jest.fn(several);
      return { got: [0, 1, 2].map((index) => item(index).settings('several', read)), times: read.mock.calls.length };
    };

    expect(settings('all')).toEqual({ got: ['all', 'all', 'all'], times: 1 });
    // Read here, and read by n8n.
    expect(settings('={{ $json.a }}')).toEqual({ got: ['first', 'all', 'fail'], times: 3 });
    expect(settings('={{$json.a}}')).toEqual({ got: ['first', 'all', 'fail'], times: 3 });
  });

  it('do not come to settings while they cannot be read', () => {
    const { item } = start({ parameters: { output: 'nothing known' }, items: [{}, {}] });
    const read = (one: Item) => one.choice('output', 'Output', ['simplified', 'raw']);

    for (const index of [0, 1]) expect(refusalBy(() => item(index).settings('output', read))).toMatchObject({ reason: 'invalidInput' });
  });

  it('that are not set have the fallback of whoever asks', () => {
    const { item } = start({});

    expect(item().value('options.timeout', 60)).toBe(60);
    expect(item().flag('options.includeChanges', 'Include Changes')).toBe(false);
  });

  it('are shown as they are stored', () => {
    const { run } = start({ parameters: { profile: { value: '={{$json.a}}' } } });

    expect(run.parameters.stored('profile.value')).toBe('={{$json.a}}');
    expect(run.parameters.stored('profile.nothing.there')).toBeUndefined();
  });
});

describe('choice', () => {
  const read = (parameters: IDataObject) => start({ parameters }).item().choice('output', 'Output', ['simplified', 'raw']);

  it('is what was chosen, or the first', () => {
    expect(read({ output: 'raw' })).toBe('raw');
    expect(read({})).toBe('simplified');
  });

  it.each([
    ['Raw', "'Raw'"],
    ['other', "'other'"],
    ['', 'empty'],
    [7, '7'],
    [true, 'true'],
  ])('is not %j', (output, shown) => {
    expect(refusalBy(() => read({ output }))).toEqual({
      reason: 'invalidInput',
      message: `'Output' is ${shown}`,
      description: expect.stringMatching(/^Choose one of: simplified, raw\./),
    });
  });
});

describe('mappedFields', () => {
  const automatic = { mappingMode: 'autoMapInputData', matchingColumns: ['email'], value: {} };

  it("are the item's own columns in automatic mode, without a single evaluation", () => {
    const items = [{ email: 'amy@mail.com', phone: '={{ not an expression }}' }];
    const { reads, item } = start({ parameters: { fields: automatic }, items });

    expect(item().mappedFields('fields', 'Fields')).toEqual({ values: items[0], matchingColumn: 'email', isAutomatic: true });
    expect(reads).toEqual([]);
  });

  it('are evaluated one by one when somebody filled them in', () => {
    const fields = {
      mappingMode: 'defineBelow',
      matchingColumns: ['email'],
      value: { email: '={{$json.mail}}', gender: 'female', cusScore: 0, phone: null, blackList: false, firstName: '' },
    };
    const { reads, item } = start({ parameters: { fields }, items: [{ mail: 'amy@mail.com' }, { mail: 'ida@mail.com' }] });

    expect(item(0).mappedFields('fields', 'Fields')).toEqual({
      values: { email: 'amy@mail.com', gender: 'female', cusScore: 0, blackList: false, firstName: '' },
      matchingColumn: 'email',
      isAutomatic: false,
    });
    expect(item(1).mappedFields('fields', 'Fields').values).toMatchObject({ email: 'ida@mail.com', gender: 'female' });
    // What stands there as it is, and what was dragged there, need no evaluation.
    expect(reads).toEqual([]);
  });

  it('are evaluated by n8n where an expression says more than a column, or the column has no plain value', () => {
    const fields = { mappingMode: 'defineBelow', value: { phone: '={{$json.phone}}', firstName: '={{ $json.a + 1 }}' } };
    const { reads, item } = start({ parameters: { fields }, items: [{ phone: '1', a: 1 }, { phone: null }] });

    expect(item(0).mappedFields('fields', 'Fields').values).toMatchObject({ phone: '1' });
    expect(item(1).mappedFields('fields', 'Fields').values).toMatchObject({ phone: null });
    expect(reads).toEqual(['fields.value.firstName#0', 'fields.value.phone#1', 'fields.value.firstName#1']);
  });

  it.each([
    ['nothing', undefined],
    ['no values', { mappingMode: 'defineBelow', value: null }],
    ['no matching columns', { mappingMode: 'defineBelow', value: {}, matchingColumns: [] }],
    ['matching columns of another kind', { mappingMode: 'defineBelow', value: {}, matchingColumns: [7] }],
  ])('are none where the mapper holds %s', (_, fields) => {
    const { values, matchingColumn } = start({ parameters: { fields } }).item().mappedFields('fields', 'Fields');

    expect(values).toEqual({});
    expect(matchingColumn).toBeUndefined();
  });
});

describe('inOrder', () => {
  const { run } = start({});

  /** A task that notes its beginning and end, with time for others in between. */
  function task(log: string[], name: string, fails = false) {
    return async () => {
      log.push(`${name} begins`);
      for (let tick = 0; tick < 10; tick += 1) await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  }

  it('keeps the tasks on one record apart, in the order in which they came', async () => {
    const log: string[] = [];
    const results = await Promise.all(['a', 'b', 'c'].map(async (name) => await run.queues.inOrder('@x', task(log, name))));

    expect(results).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('lets tasks on other records go on', async () => {
    const log: string[] = [];
    await Promise.all(['a', 'b'].map(async (name) => await run.queues.inOrder(name, task(log, name))));

    expect(log.slice(0, 2)).toEqual(['a begins', 'b begins']);
  });

  it('goes on after a task that fails, which fails alone', async () => {
    const log: string[] = [];
    const [first, second] = [run.queues.inOrder('@x', task(log, 'a', true)), run.queues.inOrder('@x', task(log, 'b'))];

    expect(await rejectionOf(first)).toEqual(new Error('a'));
    expect(await second).toBe('b');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('takes a task that comes while the last one runs', async () => {
    const log: string[] = [];
    const first = run.queues.inOrder('@x', task(log, 'a'));
    await Promise.resolve();
    const second = run.queues.inOrder('@x', task(log, 'b'));
    await first;
    const third = run.queues.inOrder('@x', task(log, 'c'));
    await Promise.all([second, third]);

    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});

describe('hint', () => {
  it('is said once for the whole run', () => {
    const { run, item } = start({ items: [{}, {}] });
    item(0).hint('Columns left out');
    item(1).hint('Columns left out');
    item(1).hint('Something else');

    expect(run.tallies.sentences()).toEqual(['Columns left out', 'Something else']);
  });
});

describe('positiveNumber', () => {
  const numberOf = (deadline: unknown) => {
    const { context } = fakeContext({ parameters: { options: { deadline } } });
    return new Item(new Run(context), 0, {}).positiveNumber('options.deadline', 'Deadline', 300);
  };

  it.each([
    [5, 5],
    ['0.5', 0.5],
    [undefined, 300],
  ])('reads %j', (entered, number) => {
    expect(numberOf(entered)).toBe(number);
  });

  it.each([0, -1, 'soon', '', true, Infinity, NaN, '0x1F', '1e3', [5]])('refuses %p', (entered) => {
    expect(() => numberOf(entered)).toThrow(/^'Deadline' is /);
  });
});
