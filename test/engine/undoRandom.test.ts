import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect, Simulator } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { sample } from '../support/sample';
import { chain, locator, profileStep } from '../support/workflows';

/** Who may be written to, and by whom: nobody else touches those that a run may delete. */
const PEOPLE = ['updated', 'touched', 'deleted', 'created', 'createdAndTouched'] as const;
type Person = (typeof PEOPLE)[number];
type Unique = 'phone' | 'lastName' | 'birthDate' | 'cusPoints';

/** One thing that happens; the values of unique fields are made when it does. */
type Event =
  | {
      readonly kind: 'import';
      readonly rows: ReadonlyArray<{
        readonly person: Person;
        readonly fields: readonly Unique[];
        readonly gender?: string;
        readonly blackListEmail?: boolean;
        readonly clears: boolean;
      }>;
    }
  | { readonly kind: 'delete'; readonly person: 'deleted' }
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly person: 'updated' | 'touched' }
  | { readonly kind: 'foreign'; readonly person: 'touched' | 'createdAndTouched'; readonly field: Unique };

const unique = fc.constantFrom<Unique>('phone', 'lastName', 'birthDate', 'cusPoints');
const row = fc.record(
  {
    person: fc.constantFrom(...PEOPLE),
    fields: fc.uniqueArray(unique, { maxLength: 4 }),
    gender: fc.constantFrom('male', 'female', 'unknown'),
    blackListEmail: fc.boolean(),
    clears: fc.boolean(),
  },
  { requiredKeys: ['person', 'fields', 'clears'] },
);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('import' as const), rows: fc.array(row, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'delete', person: 'deleted' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('subscribe' as const, 'unsubscribe' as const),
      person: fc.constantFrom('updated' as const, 'touched' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('foreign' as const),
      person: fc.constantFrom('touched' as const, 'createdAndTouched' as const),
      field: unique,
    }),
  },
);
const scenario = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 9 }),
  asTable: fc.boolean(),
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
});

const COMPUTED = new Set(['id', 'lastModified', 'created', 'createdBy', 'modifiedBy', 'age', 'title', 'cryptedId', 'domain']);

/** What n8n's files make of items: a column for every value, and all of it text. */
function throughTable(items: readonly IDataObject[]): IDataObject[] {
  const flat = (value: unknown, path: string): Array<[string, string]> =>
    typeof value !== 'object' || value === null
      ? [[path, value === null || value === undefined ? '' : String(value)]]
      : Object.entries(value).flatMap(([name, part]) => flat(part, path === '' ? name : `${path}.${name}`));
  const rows = items.map((item) => Object.fromEntries(flat(item, '')));
  const columns = [...new Set(rows.flatMap((cells) => Object.keys(cells)))];
  return rows.map((cells) => Object.fromEntries(columns.map((column) => [column, cells[column] ?? ''])));
}

describe.each<Dialect>(['v8', 'acs'])('undoing whatever was written, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  let counter = 0;
  beforeAll(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterAll(async () => await campaign.close());

  const output = async (parameters: INodeParameters, input: readonly IDataObject[] = [{}]): Promise<IDataObject[]> =>
    (
      await campaign.engine.run(chain(profileStep(STEP, parameters, { onError: 'continueRegularOutput' })), structuredClone([...input]))
    ).json(STEP);
  const value = (field: Unique): string | number => {
    counter += 1;
    if (field === 'cusPoints') return counter;
    if (field === 'birthDate') return new Date(Date.UTC(1900, 0, 1 + counter)).toISOString().slice(0, 10);
    return field === 'phone' ? String(1_000_000 + counter) : `Name${counter}`;
  };
  /** What of a person counts: all but what Campaign itself makes of it. */
  const content = ({ profiles, subscriptions }: Simulator, email: string): unknown =>
    profiles.byEmail(email).map((person) => {
      const isOwn = (name: string): boolean => !COMPUTED.has(name) && !/LastModified$|^postalAddress$/.test(name);
      const own = Object.fromEntries(Object.entries(person).filter(([name]) => isOwn(name)));
      return { ...own, services: subscriptions.servicesOf(person).map(({ name }) => name) };
    });

  it('leaves every field as it was that nobody else touched, leaves the others alone and names them, and changes nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, asTable, order }) => {
        const { simulator } = campaign;
        const { profiles, services } = simulator;
        counter += 1;
        const run = counter;
        const emailOf = (person: Person): string => `${person.toLowerCase()}${run}@mail.com`;
        for (const person of ['updated', 'touched', 'deleted'] as const)
          profiles.add({
            email: emailOf(person),
            firstName: 'Kim',
            phone: String(counter),
            cusPoints: 5,
            gender: 'male',
            birthDate: '1980-01-01',
            cusLastPurchase: '2025-01-02 03:04:05.000Z',
          });
        const [touched] = profiles.byEmail(emailOf('touched'));
        if (touched) simulator.subscriptions.subscribe(touched, services.byName('weekly_offers'));
        const emails = PEOPLE.map(emailOf);
        const others = (): string => JSON.stringify(profiles.all().filter(({ email }) => !emails.includes(String(email))));
        const before = Object.fromEntries(emails.map((email) => [email, content(simulator, email)]));
        const othersBefore = others();

        const trails: IDataObject[] = [];
        const foreign = new Map<string, IDataObject>();
        const changedByUs = new Set<string>();
        const toBeNamed = new Set<string>();
        for (const happening of events) {
          if (happening.kind === 'foreign') {
            const email = emailOf(happening.person);
            const [person] = profiles.byEmail(email);
            if (!person) continue;
            const written = { [happening.field]: value(happening.field) };
            profiles.update(person.id, written);
            foreign.set(email, { ...foreign.get(email), ...written });
            if (changedByUs.has(`${email} ${happening.field}`)) toBeNamed.add(`${email} ${happening.field}`);
            continue;
          }
          const made =
            happening.kind === 'import'
              ? await output(
                  {
                    operation: 'upsert',
                    api: 'profileAndServicesExt',
                    fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
                    options: { includeChanges: true, emptyValues: 'clear' },
                  },
                  happening.rows.map(({ person, fields, clears, ...choices }) => ({
                    email: emailOf(person),
                    ...Object.fromEntries(fields.map((field) => [field, clears && field === 'phone' ? '' : value(field)])),
                    ...choices,
                  })),
                )
              : happening.kind === 'delete'
                ? await output({
                    operation: 'delete',
                    api: 'profileAndServicesExt',
                    profile: locator('email', emailOf(happening.person)),
                    options: { includeChanges: true },
                  })
                : await output({
                    resource: 'subscription',
                    operation: happening.kind,
                    profile: locator('email', emailOf(happening.person)),
                    service: { __rl: true, mode: 'name', value: 'weekly_offers' },
                    options: { includeChanges: true },
                  });
          for (const item of made) {
            if (item.trail === undefined) continue;
            trails.push(item);
            for (const { field } of item.changes as IDataObject[])
              changedByUs.add(`${String((item.trail as IDataObject).email)} ${String(field)}`);
          }
        }
        if (trails.length === 0) return;

        const shuffled = trails
          .map((trail, index) => ({ trail, place: order[index % order.length] ?? 0 }))
          .sort((left, right) => left.place - right.place)
          .map(({ trail }) => trail);
        const input = asTable ? throughTable(shuffled) : shuffled;
        const undone = await output({ operation: 'undoChanges', createdRecords: 'delete' }, input);
        expect(undone.map(({ error }) => error)).toEqual(input.map(() => undefined));

        for (const person of PEOPLE) {
          const email = emailOf(person);
          if (person === 'createdAndTouched' && foreign.has(email)) {
            expect(profiles.byEmail(email)).toMatchObject([foreign.get(email) as object]);
            continue;
          }
          const expected = (before[email] as IDataObject[]).map((fields) => ({ ...fields, ...foreign.get(email) }));
          expect([person, content(simulator, email)]).toEqual([person, expected]);
        }
        const named = new Set(
          undone.flatMap(({ email, skipped }) => (skipped as IDataObject[]).map(({ field }) => `${String(email)} ${String(field)}`)),
        );
        expect([...toBeNamed].filter((name) => !named.has(name))).toEqual([]);
        expect(others()).toBe(othersBefore);

        // A second time it comes to the same end.
        const restored = emails.map((email) => content(simulator, email));
        await output({ operation: 'undoChanges', createdRecords: 'delete' }, input);
        expect(emails.map((email) => content(simulator, email))).toEqual(restored);
        expect(others()).toBe(othersBefore);
        for (const email of emails) profiles.remove(...profiles.byEmail(email));
      }),
      { numRuns: sample(25), endOnFailure: true },
    );
  }, 120_000);
});
