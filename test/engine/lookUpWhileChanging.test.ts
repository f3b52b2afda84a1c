import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { faultActions, type Dialect, type ReceivedRequest } from '../simulator';
import { seededRandom } from '../simulator/random';
import { startCampaign, STEP, type Campaign } from '../support/campaign';

const ROWS = 80;
const email = (row: number): string => `row${row}@mail.com`;

const upsert = (lookUp: 'fromList' | 'oneByOne'): INodeParameters => ({
  operation: 'upsert',
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
  options: { lookUp },
});

/** What happens to one row, by others, as soon as the run has begun to look. */
type Event = 'none' | 'removed' | 'added' | 'doubled' | 'written';

interface Story {
  /** Rows that are there before the run, with what they hold. */
  readonly before: ReadonlyArray<'absent' | 'same' | 'other' | 'double'>;
  readonly events: readonly Event[];
  /** Numbers of strangers that are removed, or whether one is added, while the run goes on. */
  readonly noise: readonly number[];
}

/** Events whose outcome does not depend on whether they come right before a look-up or right after a page. */
function tell(seed: number): Story {
  const random = seededRandom(seed);
  const draw = <Value>(...values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const before = Array.from({ length: ROWS }, () => draw('absent', 'same', 'other', 'other', 'double'));
  const events = before.map((state, row): Event => {
    // One by one, the first row is looked up before anything happens.
    if (row === 0) return 'none';
    if (state === 'absent') return draw<Event>('none', 'added');
    return state === 'other' ? draw<Event>('none', 'none', 'removed', 'written', 'doubled') : 'none';
  });
  return { before, events, noise: Array.from({ length: 12 }, () => Math.floor(random() * 400) - 200) };
}

/** Plays the story to one run, and says what came of it. */
async function play(dialect: Dialect, lookUp: 'fromList' | 'oneByOne', { before, events, noise }: Story) {
  const campaign: Campaign = await startCampaign({ dialect, settings: { freshKeys: true }, assumptions: { maximumLineCount: 25 } });
  const { profiles, faults } = campaign.simulator;
  const strangers = profiles.all();
  const order = before.map((_, row) => (row * 37) % ROWS);
  for (const row of order) {
    const state = before[row];
    if (state !== 'absent') profiles.add({ email: email(row), phone: state === 'same' ? 'new' : 'old' });
    if (state === 'double') profiles.add({ email: email(row), phone: 'old' });
  }

  const happen = (row: number): void => {
    const [found] = profiles.byEmail(email(row));
    if (events[row] === 'removed' && found) profiles.remove(found);
    if (events[row] === 'written' && found) profiles.update(found.id, { phone: 'written', firstName: 'Written' });
    if (events[row] === 'added') profiles.add({ email: email(row), phone: 'added' });
    // What is added while a list is read comes at its end.
    if (events[row] === 'doubled') profiles.add({ email: email(row), phone: 'second' });
  };
  let looks = 0;
  const isLook = ({ method, path, query }: ReceivedRequest): boolean =>
    method === 'GET' && !path.endsWith('_count') && (path.endsWith('/byEmail') || query.has('_lineStart') || query.has('_lineCount'));
  faults.add({
    when: (request) => {
      if (!isLook(request)) return false;
      looks += 1;
      if (looks === 2) before.forEach((_, row) => happen(row));
      const stranger = noise[looks];
      // Strangers that go make every later record slip to an earlier place, onto a page that was read already.
      if (stranger !== undefined && stranger >= 0) profiles.remove(...strangers.slice(stranger, stranger + 1));
      else if (stranger !== undefined) profiles.add({ email: `stranger${looks}@mail.com` });
      return false;
    },
    action: faultActions.emptyOk,
  });

  try {
    const input: IDataObject[] = before.map((_, row) => ({ email: email(row), phone: 'new' }));
    const result = await campaign.runStep(upsert(lookUp), input, { onError: 'continueRegularOutput' });
    const outcomes = result.json(STEP).map(({ outcome, message }) => outcome ?? (message as IDataObject | undefined)?.reason);
    const stored = before.map((_, row) => profiles.byEmail(email(row)).map(({ phone, firstName }) => [phone, firstName]));
    const singleLookUps = campaign.simulator.stats.received.filter(({ path }) => path.endsWith('/byEmail')).length;
    return { outcomes, stored, singleLookUps, hints: result.hints(STEP) };
  } finally {
    await campaign.close();
  }
}

describe.each<Dialect>(['v8', 'acs'])('a list that changes while it is read, against Campaign %s', (dialect) => {
  it.each([1, 2, 3, 4])('leads to what one by one leads to, and to no double (story %i)', async (seed) => {
    const story = tell(seed);
    const oneByOne = await play(dialect, 'oneByOne', story);
    const fromList = await play(dialect, 'fromList', story);
    expect(fromList.outcomes).toEqual(oneByOne.outcomes);
    expect(fromList.stored).toEqual(oneByOne.stored);
    const meant = story.before.map((state, row) => (state === 'double' || story.events[row] === 'doubled' ? 2 : 1));
    expect(fromList.stored.map(({ length }) => length)).toEqual(meant);
    expect(fromList.hints.join()).toMatch(/read \d+ pages instead of 80 look-ups/);
    expect(fromList.singleLookUps).toBeLessThan(oneByOne.singleLookUps);
  });
});
