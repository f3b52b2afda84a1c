import type { Trail } from '../../../../nodes/shared/campaign/undo/readTrails';
import { groupTrails } from '../../../../nodes/shared/campaign/undo/trailGroups';

const trail = (at: string, more: Partial<Trail> = {}): Trail => ({
  organization: 'northwind',
  api: 'profileAndServices',
  resource: 'profile',
  done: 'updated',
  email: 'kim@mail.com',
  changes: [],
  at,
  time: Date.parse(at),
  ...more,
});
const renamed = (before: string, after: string) => ({ email: after, changes: [{ field: 'email', before, after }] });

/** The groups, each with the places of its trails among those given. */
async function groupsOf(...trails: readonly Trail[]): Promise<number[][]> {
  const groups = await groupTrails(
    trails.map((one, index) => ({ index, trail: one })),
    async () => {},
  );
  return [...new Set(groups.values())].map((group) => group.trails.map(({ index }) => index));
}

const [FIRST, SECOND] = ['2026-01-31T09:30:00.000000Z', '2026-01-31T09:30:00.000001Z'];
const LATER = '2026-01-31T09:30:01.000000Z';

describe('the trails of one record', () => {
  it('come with the newest first, to the microsecond', async () => {
    expect(await groupsOf(trail(SECOND), trail(LATER), trail(FIRST))).toEqual([[1, 0, 2]]);
  });

  it('come with the last one first where they were written at the same time', async () => {
    expect(await groupsOf(trail(FIRST), trail(FIRST), trail(FIRST))).toEqual([[2, 1, 0]]);
  });

  it('are known by what an email was before and became, in any letters', async () => {
    const other = { email: 'lee@mail.com' };
    expect(await groupsOf(trail(FIRST, other), trail(SECOND), trail(LATER, renamed(' Kim@mail.com', 'kim@new.com')))).toEqual([
      [0],
      [2, 1],
    ]);
    expect(await groupsOf(trail(FIRST, renamed('kim@mail.com', 'kim@new.com')), trail(LATER, { email: 'KIM@new.com' }))).toEqual([[1, 0]]);
  });
});
