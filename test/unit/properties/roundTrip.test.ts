import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { customResource } from '../../../nodes/AdobeCampaign/customResource';
import { profile } from '../../../nodes/AdobeCampaignProfile/profile';
import { findOperation } from '../../../nodes/shared/execution/operation';
import { startSimulator, type Dialect, type Simulator } from '../../simulator';
import { sample } from '../../support/sample';
import { ODD_COLUMNS, ORDER_CASES, PROFILE_CASES, ZONE, type ValueCase } from '../../support/valueCases';
import { InProcess, type ItemOutcome } from '../support/inProcess';

/** Runs of up to twelve items. More on a quiet machine: ROUND_TRIP_RUNS=2000; a failure prints its seed and the smallest case. */
const RUNS = Number(process.env.ROUND_TRIP_RUNS ?? sample(80));

jest.setTimeout(3_600_000);

interface Row {
  readonly cases: readonly ValueCase[];
  readonly odd: string | undefined;
}

const rowsOf = (cases: fc.Arbitrary<ValueCase>): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record({
      cases: fc.uniqueArray(cases, { minLength: 1, maxLength: 4, selector: ({ field }) => field }),
      odd: fc.option(fc.constantFrom(...ODD_COLUMNS), { nil: undefined, freq: 6 }),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** How the fields are given, and what is done with them. */
const manners = fc.record({
  operation: fc.constantFrom('create', 'upsert', 'update'),
  fieldsFrom: fc.constantFrom('mapping', 'json'),
  emptyValues: fc.constantFrom(undefined, 'clear', 'leaveOut'),
  leavesOutUnknown: fc.boolean(),
  isDescribed: fc.constantFrom(true, true, true, false),
});
type Manner = Readonly<Record<'operation' | 'fieldsFrom', string>> & {
  readonly emptyValues: string | undefined;
  readonly leavesOutUnknown: boolean;
  readonly isDescribed: boolean;
};

const KINDS = [
  {
    name: 'cusOrder',
    key: 'orderNumber',
    node: customResource,
    cases: ORDER_CASES,
    shared: { api: 'profileAndServicesExt', customResource: { __rl: true, mode: 'name', value: 'cusOrder' } },
  },
  { name: 'profile', key: 'email', node: profile, cases: PROFILE_CASES, shared: { api: 'profileAndServicesExt' } },
] as const;

describe.each<Dialect>(['v8', 'acs'])('every value of every field, through Campaign %s and back', (dialect) => {
  let simulator: Simulator;
  let steps: InProcess;
  let counter = 0;
  beforeAll(async () => {
    simulator = await startSimulator({ dialect, profiles: 0, settings: { freshKeys: true, requestLogLimit: 0 } });
    steps = new InProcess(simulator);
  });
  afterAll(async () => await simulator.close());

  it.each(KINDS)('is stored as it was meant, or refused by name, and is no change the second time: $name', async (kind) => {
    const store = simulator.resources.get(kind.name);
    const find = (key: string) => store.find((record) => record[kind.key] === key);

    /** Runs an operation of the kind. */
    const perform = async (name: string, manner: Manner, items: readonly IDataObject[], more: IDataObject = {}): Promise<ItemOutcome[]> => {
      const operation = findOperation([kind.node], kind.node.value, name);
      if (!operation) throw new Error(`There is no operation '${name}'`);
      const isJson = manner.fieldsFrom === 'json';
      const options = {
        ...(manner.emptyValues === undefined ? {} : { emptyValues: manner.emptyValues }),
        unknownColumns: manner.leavesOutUnknown ? 'leaveOut' : 'refuse',
        ...(more.options as IDataObject | undefined),
      };
      const matched = name === 'update' ? 'PKey' : kind.key;
      const parameters = {
        ...kind.shared,
        fieldsFrom: manner.fieldsFrom,
        fieldsJson: '={{ $json.row }}',
        fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [matched], schema: [] },
        identifyBy: 'matchingColumn',
        matchOn: 'matchingColumn',
        matchField: kind.key,
        [kind.name === 'profile' ? 'profile' : 'record']: { __rl: true, mode: 'pKey', value: '={{ $json.PKey }}' },
        output: 'raw',
        ...more,
        options,
      };
      const given = items.map((item) => (isJson ? { row: without(item, 'PKey'), PKey: item.PKey } : item));
      return (await steps.run(operation, parameters, given, { zone: ZONE })).outcomes;
    };

    await fc.assert(
      fc.asyncProperty(manners, rowsOf(kind.cases), async (manner, rows) => {
        const isUpdate = manner.operation === 'update';
        const keys = rows.map(() => `key${(counter += 1)}@mail.com`);
        if (isUpdate) for (const key of keys) store.add({ [kind.key]: key });
        const before = keys.map(find);
        simulator.faults.clear();
        if (!manner.isDescribed)
          simulator.faults.add({
            url: '/resourceType/',
            action: { type: 'answer', status: 403, body: '{"error_code":"403999","message":"No"}' },
          });

        const items = rows.map(({ cases, odd }, index): IDataObject => {
          const entries = [
            ...cases.map(({ field, value }) => [field, value] as const),
            ...(odd === undefined ? [] : [[odd, 'odd'] as const]),
          ];
          const record = before[index];
          const identity = isUpdate && record ? { PKey: store.keyOf(record) } : { [kind.key]: keys[index] };
          return { ...identity, ...(Object.fromEntries(entries) as IDataObject) };
        });
        // An own column of this name, which an assignment would not make.
        rows.forEach(({ odd }, index) => {
          if (odd === '__proto__') Object.defineProperty(items[index], odd, { value: 'odd', enumerable: true, configurable: true });
        });

        const outcomes = await perform(manner.operation, manner, items);
        const written: number[] = [];
        for (const [index, row] of rows.entries()) {
          const outcome = outcomes[index];
          const record = find(keys[index] ?? '');
          if (!outcome) throw new Error('An item has no outcome');
          if ('error' in outcome) {
            if (!isDeepStrictEqual(record, before[index])) expect({ index, record }).toEqual({ index, record: before[index] });
            checkRefusal(row, manner, outcome.error, dialect);
          } else {
            checkStored(row, manner, before[index], record);
            written.push(index);
          }
        }

        // Read back as Campaign prints it.
        const keyOf = (index: number) => {
          const record = find(keys[index] ?? '');
          return record ? store.keyOf(record) : '@gone';
        };
        const got = await perform(
          'get',
          { ...manner, fieldsFrom: 'mapping' },
          written.map((index) => ({ PKey: keyOf(index) })),
        );
        written.forEach((index, at) => {
          const outcome = got[at];
          if (!outcome || 'error' in outcome) throw outcome?.error ?? new Error('Nothing came back');
          for (const { field, meaning } of rows[index]?.cases ?? [])
            if (typeof meaning === 'object') expect(outcome.outputs[0]).toMatchObject({ [field]: find(keys[index] ?? '')?.[field] });
        });
        if (!manner.isDescribed) return;

        // The same once more changes nothing, and sends nothing.
        const again = written.map((index) => items[index] ?? {});
        const count = () => simulator.stats.writesApplied;
        const writes = count();
        if (isUpdate) {
          const rest = again.map((item, at) => ({ ...item, PKey: keyOf(written[at] ?? 0) }));
          await perform('update', manner, rest, { options: { sendOnlyChangedFields: true } });
        } else {
          const second = await perform('upsert', manner, again);
          expect(second.map((outcome) => ('error' in outcome ? outcome.error.message : outcome.outputs[0]?.outcome))).toEqual(
            again.map(() => 'unchanged'),
          );
        }
        expect(count()).toBe(writes);
      }),
      { numRuns: RUNS },
    );
  });

  it('links lead where they were meant to, whatever text stands for a profile, or are refused by name', async () => {
    const [operation] = ['create', 'upsert'].flatMap((name) => findOperation([customResource], customResource.value, name) ?? []);
    if (!operation) throw new Error('There is no such operation');
    const target = simulator.profiles.add({ email: 'linked@mail.com' });
    const key = () => simulator.profiles.keyOf(target, 'record');
    const forms = fc.constantFrom<() => readonly [unknown, boolean]>(
      () => [key(), true],
      () => [{ PKey: key() }, true],
      () => [{ PKey: key(), href: 'https://elsewhere.example.com/x', title: 'Somebody' }, true],
      () => [5, false],
      () => [true, false],
      () => [{}, false],
      () => [{ href: 'x' }, false],
      () => [{ PKey: '' }, false],
      () => [{ PKey: 7 }, false],
      () => [[key()], false],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(forms, { minLength: 1, maxLength: 8 }), async (given) => {
        simulator.faults.clear();
        const values = given.map((form) => form());
        const items = values.map(([value]) => ({ orderNumber: `link${(counter += 1)}`, profile: value as IDataObject }));
        const fields = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['orderNumber'], schema: [] };
        const { outcomes } = await steps.run(operation, { ...KINDS[0].shared, fields, options: {} }, items);
        for (const [index, [, isLink]] of values.entries()) {
          const outcome = outcomes[index];
          const order = simulator.resources.get('cusOrder').find(({ orderNumber }) => orderNumber === items[index]?.orderNumber);
          expect(order?.profile).toBe(isLink ? target.id : undefined);
          expect(outcome && 'error' in outcome ? outcome.error.message : 'done').toMatch(
            isLink ? /^done$/ : /^Field '(?:Profile' \(profile\)|profile') takes a PKey/,
          );
        }
      }),
      { numRuns: RUNS },
    );
  });
});

type Store = Readonly<Record<string, unknown>> | undefined;

/** What an item said yes to is there as it was meant, and nothing else has changed. */
function checkStored({ cases }: Row, manner: Manner, before: Store, after: Store): void {
  if (!after) throw new Error('The record is not there');
  for (const { field, value, meaning } of cases) {
    if (isLeftOut(field, manner)) {
      expect(after[field]).toEqual(before?.[field]);
    } else if (typeof meaning === 'object') {
      const found = typeof meaning.stored === 'object' ? pickLike(after[field], meaning.stored) : after[field];
      if (!isDeepStrictEqual(found, meaning.stored)) expect({ field, value, found }).toEqual({ field, value, found: meaning.stored });
    } else if (meaning === 'refused') {
      // Where nothing describes the fields, what JSON carries goes out, and Campaign takes it or does not.
      if (manner.isDescribed) throw new Error(`${field} took ${String(value)}, and is ${String(after[field])}`);
      expect(after[field]).not.toBeNaN();
    } else if (before && !isCleared(manner)) {
      expect(after[field]).toEqual(before[field]);
    }
  }
}

/** Columns of an earlier Get hold the parts of a record, which Campaign v8 cannot update. */
function isLeftOut(field: string, { operation, fieldsFrom, isDescribed }: Manner): boolean {
  return field === 'location' && operation === 'update' && fieldsFrom === 'mapping' && isDescribed;
}

function isCleared({ emptyValues, fieldsFrom }: Manner): boolean {
  return emptyValues === 'clear' || (emptyValues === undefined && fieldsFrom === 'json');
}

/** Why nothing was written: the error names a field that cannot hold its value, or a column that is none. */
function checkRefusal(
  { cases, odd }: Row,
  manner: Manner,
  error: Error & { description: string; details: { reason: string } },
  dialect: Dialect,
): void {
  const { reason } = error.details;
  const text = `${error.message} ${error.description}`;
  // Without a description it is Campaign who refuses; v8 does not take parts of a record in an update.
  const isCampaigns =
    !manner.isDescribed || (dialect === 'v8' && manner.operation === 'update' && cases.some(({ field }) => field === 'location'));
  if (reason === 'rejected' && isCampaigns) return;
  expect({ reason, text }).toEqual({ reason: 'invalidInput', text });
  // Without a description nobody knows that a field takes more than JSON has, e.g. a bigint.
  const refusedFields = cases.filter(({ meaning }) => meaning === 'refused' || !manner.isDescribed).map(({ field }) => field);
  const names = [...refusedFields, ...(odd === undefined ? [] : [odd])];
  const isNothing = /There is nothing to write/.test(text);
  if (!isNothing) expect(names.filter((name) => text.includes(`'${name}'`) || text.includes(`(${name})`))).not.toEqual([]);
  else expect(cases.filter(({ meaning, field }) => typeof meaning === 'object' && field !== 'location')).toEqual([]);
}

function pickLike(found: unknown, like: unknown): unknown {
  if (typeof found !== 'object' || found === null || typeof like !== 'object' || like === null) return found;
  return Object.fromEntries(Object.keys(like).map((name) => [name, Reflect.get(found, name)]));
}

function without(item: IDataObject, name: string): IDataObject {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== name));
}
