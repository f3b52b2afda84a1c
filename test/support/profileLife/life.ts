import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { faultActions, type FaultAction, type FaultRule, type Simulator } from '../../simulator';
import { possibleAfter, possibleInAnyOrder, textOfGroup, type Group, type Said, type Wish } from './model';

/** One run of a step: what is to be done to whom, and what goes wrong on the way. */
export interface LifeRun {
  readonly kind: Wish['kind'];
  readonly by: 'email' | 'pKey';
  readonly severalMatches: Wish['severalMatches'];
  readonly readBack: 'off' | 'return' | 'verify';
  readonly onlyChanged: boolean;
  readonly rows: readonly LifeRow[];
  readonly faults: readonly FaultRule[];
}

interface LifeRow {
  /** Whose email; the same person twice in a run is what this is about. */
  readonly person: number;
  readonly isInCapitals: boolean;
  readonly phone: string;
  readonly lastName: string;
  readonly service: string;
}

/** A step as the engine, or what stands in for it, runs it. */
export interface LifeStep {
  readonly resource: 'profile' | 'subscription';
  readonly operation: Wish['kind'];
  readonly parameters: IDataObject;
  readonly items: readonly IDataObject[];
}

const PEOPLE = 4;
const SERVICES = ['weekly_offers', 'product_news'];

const row: fc.Arbitrary<LifeRow> = fc.record({
  person: fc.nat(PEOPLE - 1),
  isInCapitals: fc.boolean(),
  phone: fc.constantFrom('111', '222', '333'),
  lastName: fc.constantFrom('', 'Smith', 'Müller-Łuk'),
  service: fc.constantFrom(...SERVICES),
});

const html = (status: number): FaultAction => ({
  type: 'answer',
  status,
  body: '<html><body>Not here</body></html>',
  contentType: 'text/html',
});
const refused: FaultAction = { type: 'answer', status: 500, body: 'An error has occurred', contentType: 'text/plain' };
const limited: FaultAction = {
  type: 'answer',
  status: 429,
  body: '{"error_code":"429050","message":"Too many requests"}',
  headers: { 'retry-after': '1' },
};

const { emptyOk, noContent, ...others } = faultActions;
/** Everything that may befall any request. That nothing was deleted where an empty answer says so, nobody can know. */
const anyAction = fc.constantFrom<FaultAction>(...Object.values(others), html(404), html(502), refused, limited, {
  type: 'delay',
  ms: 3000,
});
const ruleOf = (methods: readonly string[], action: fc.Arbitrary<FaultAction>): fc.Arbitrary<FaultRule> =>
  fc.record({
    method: fc.constantFrom(...methods),
    nth: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }),
    action,
  });
const anyFault = fc.oneof(
  { weight: 3, arbitrary: ruleOf(['GET', 'PATCH', 'DELETE', 'POST', 'POST'], anyAction) },
  { weight: 1, arbitrary: ruleOf(['GET', 'PATCH', 'POST'], fc.constantFrom<FaultAction>(emptyOk, noContent)) },
);
/** Those that are over at once, for runs in real time. */
const QUICK = [
  faultActions.resetAfter,
  faultActions.html,
  faultActions.wrongJson,
  faultActions.cutBody,
  html(404),
  refused,
  faultActions.expireTokens,
];
const quickFault = ruleOf(['PATCH', 'DELETE', 'POST'], fc.constantFrom<FaultAction>(...QUICK, { type: 'delay', ms: 5 }));

/** Draws runs. @param pace quick: with faults that cost no time */
export function lifeRuns(pace: 'any' | 'quick'): fc.Arbitrary<LifeRun[]> {
  const run: fc.Arbitrary<LifeRun> = fc.record({
    kind: fc.constantFrom<Wish['kind']>('create', 'update', 'upsert', 'upsert', 'delete', 'subscribe', 'unsubscribe'),
    by: fc.constantFrom('email', 'email', 'pKey'),
    severalMatches: fc.constantFrom('fail', 'all', 'first'),
    readBack: fc.constantFrom('off', 'off', 'return', 'verify'),
    onlyChanged: fc.boolean(),
    rows: fc.array(row, { minLength: 1, maxLength: 5 }),
    faults: fc.oneof(fc.constant([]), fc.array(pace === 'any' ? anyFault : quickFault, { minLength: 1, maxLength: 3 })),
  });
  return fc.array(run, { minLength: 1, maxLength: 8 });
}

/** A small base, and what is done to it, held against what was said to be done. */
export class ProfileLife {
  private counter = 0;

  constructor(private readonly simulator: Simulator) {
    simulator.profiles.remove(...simulator.profiles.all());
    for (const person of [0, 1, 1]) simulator.profiles.add({ email: emailOf(person), phone: '000', lastName: 'First' });
  }

  /**
   * Lets a step do one run.
   *
   * @param perform runs the step; returns per item its output items, or why it failed
   * @throws Error when what was said and what is there do not agree
   */
  async live(run: LifeRun, perform: (step: LifeStep) => Promise<Array<{ outputs: IDataObject[] } | { reason: string }>>): Promise<void> {
    const { faults, stats, profiles } = this.simulator;
    const before = this.groups();
    const targets = run.rows.map(({ person }) => profiles.byEmail(emailOf(person))[0]);
    const isByKey = run.by === 'pKey' && run.kind !== 'create' && run.kind !== 'upsert';
    // After a lost answer, nobody can tell who of two ended what both wanted to end.
    const isOnce = isByKey && run.faults.length > 0 && (run.kind === 'delete' || run.kind === 'unsubscribe');
    const rows = run.rows.flatMap((each, index) => {
      // By key only those that are there can be meant.
      if (isByKey && !targets[index]) return [];
      if (isOnce && run.rows.findIndex(({ person }) => person === each.person) < index) return [];
      return [{ ...each, target: isByKey ? targets[index] : undefined }];
    });
    const items = rows.map(({ target, ...each }) => this.itemOf(run, each, target && profiles.keyOf(target)));
    this.simulator.resetStats();
    for (const fault of run.faults) faults.add(fault);
    const results = await perform(stepOf(run, items, isByKey));
    faults.clear();

    const actual = this.groups();
    for (let person = 0; person < PEOPLE; person += 1) {
      const wishes = rows.flatMap(({ target, ...each }, index): Array<readonly [Wish, Said]> => {
        if (each.person !== person) return [];
        const item = items[index] ?? {};
        const wish = {
          ...run,
          phone: String(item.phone ?? ''),
          lastName: String(item.lastName ?? ''),
          service: each.service,
          id: target?.id,
        };
        return [[wish, saidBy(run, results[index])]];
      });
      const possible = (isByKey ? possibleInAnyOrder : possibleAfter)(groupOf(before, person), wishes, run.faults.length > 0);
      const is = textOfGroup(groupOf(actual, person));
      if (possible.some((group) => textOfGroup(group) === is)) continue;
      throw new Error(
        `${emailOf(person)} was ${textOfGroup(groupOf(before, person))}, is ${is}, and may be ${possible.map(textOfGroup).join(' or ') || 'nothing'}, after ${JSON.stringify(wishes)}`,
      );
    }
    const creations = stats.writes.repeated().filter(({ method, resource }) => method === 'POST' && resource === 'profile');
    if (creations.length > 0) throw new Error(`A profile was created twice: ${JSON.stringify(creations)}`);
  }

  private itemOf({ kind }: LifeRun, { person, isInCapitals, phone, lastName, service }: LifeRow, pKey: string | undefined): IDataObject {
    // An instance that compares letter by letter finds what Create has stored in capitals only in capitals.
    const email = isInCapitals && kind !== 'create' ? emailOf(person).toUpperCase() : emailOf(person);
    const whose = pKey === undefined ? { email } : { PKey: pKey };
    if (kind === 'delete') return whose;
    if (kind === 'subscribe' || kind === 'unsubscribe') return { ...whose, service };
    this.counter += 1;
    // No two creations say the same, so that one that is applied twice shows.
    return { ...whose, phone: kind === 'create' ? String(1000 + this.counter) : phone, lastName };
  }

  private groups(): Map<string, Group> {
    const { profiles, subscriptions } = this.simulator;
    const groups = new Map<string, Map<number, { phone: string; lastName: string; services: string[] }>>();
    for (const profile of profiles.all()) {
      const email = String(profile.email).toLowerCase();
      const group = groups.get(email) ?? new Map<number, { phone: string; lastName: string; services: string[] }>();
      const services = subscriptions.servicesOf(profile).map(({ name }) => String(name));
      group.set(profile.id, { phone: String(profile.phone), lastName: String(profile.lastName), services });
      groups.set(email, group);
    }
    return groups;
  }
}

function groupOf(groups: ReadonlyMap<string, Group>, person: number): Group {
  return groups.get(emailOf(person)) ?? new Map();
}

function emailOf(person: number): string {
  return `person.${person}@mail.com`;
}

function stepOf({ kind, severalMatches, readBack, onlyChanged }: LifeRun, items: readonly IDataObject[], isByKey: boolean): LifeStep {
  const sendOnlyChangedFields = kind === 'upsert' || onlyChanged;
  // Before a look nobody can tell that two key texts mean one profile: one item may find what the other one has written since.
  const isAlone = !isByKey || items.length === 1 || sendOnlyChangedFields;
  const options = { severalMatches, ...(kind === 'update' || kind === 'upsert' ? { sendOnlyChangedFields } : {}) };
  const fields = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [isByKey ? 'PKey' : 'email'], schema: [] };
  const profile = { __rl: true, mode: isByKey ? 'pKey' : 'email', value: isByKey ? '={{ $json.PKey }}' : '={{ $json.email }}' };
  const look = readBack === 'verify' && !isAlone ? 'return' : readBack;
  switch (kind) {
    case 'create':
      return { resource: 'profile', operation: kind, items, parameters: { fields, output: 'raw', options: {} } };
    case 'update':
      return {
        resource: 'profile',
        operation: kind,
        items,
        parameters: { identifyBy: 'matchingColumn', fields, readBack: look, output: 'raw', options },
      };
    case 'upsert':
      return {
        resource: 'profile',
        operation: kind,
        items,
        parameters: { matchOn: 'matchingColumn', fields, readBack: look, output: 'raw', options },
      };
    case 'delete':
      return { resource: 'profile', operation: kind, items, parameters: { profile, options } };
    default: {
      const service = { __rl: true, mode: 'name', value: '={{ $json.service }}' };
      return { resource: 'subscription', operation: kind, items, parameters: { profile, service, options } };
    }
  }
}

/** Outputs of Create, Update and Delete have no outcome of their own: that there is one is what they say. */
function saidBy({ kind }: LifeRun, result: { outputs: IDataObject[] } | { reason: string } | undefined): Said {
  if (!result) return { reason: 'no result' };
  if ('reason' in result) return result;
  const word = kind === 'create' ? 'created' : kind === 'update' ? 'updated' : 'deleted';
  return { outcomes: result.outputs.map(({ outcome }) => (typeof outcome === 'string' ? outcome : word)) };
}
