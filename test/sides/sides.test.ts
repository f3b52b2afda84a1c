import { ASSUMPTION_NAMES, CHOICES, parseAssumptions, type Dialect } from '../simulator';
import { Engine } from '../support/engine';
import { ends } from './ends';
import { isVisible, mayEndInError } from './errors';

jest.setTimeout(60_000);

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

const SIDES = ASSUMPTION_NAMES.flatMap((name) => CHOICES[name].sides.slice(1).map((side: unknown) => [name, side] as const));

/** The sides that end no operation in an error, as few at a time as assumptions have sides. */
const BATCHES = [0, 1].map((index) => {
  const turned = ASSUMPTION_NAMES.flatMap((name) => {
    const sides: readonly unknown[] = CHOICES[name].sides.slice(1).filter((side: unknown) => !isVisible(name, side));
    return index < sides.length ? [[name, sides[index]] as const] : [];
  });
  return [index + 1, parseAssumptions(Object.fromEntries(turned))] as const;
});

describe.each<Dialect>(['v8', 'acs'])('every operation against Campaign %s', (dialect) => {
  it('ends rightly as the simulator is', async () => {
    const { found } = await ends(engine, dialect, {});
    expect([...found].filter(([, how]) => how !== 'right')).toEqual([]);
  });

  it.each(SIDES.filter(([name, side]) => isVisible(name, side)))('ends rightly or in a clear error where %s is %j', async (name, side) => {
    const { found } = await ends(engine, dialect, parseAssumptions({ [name]: side }));
    const others = [...found].filter(([, end]) => end !== 'right');
    // Privacy requests do not exist on v8; elsewhere a limit that nothing meets any more is to be taken off the list.
    expect(others.length > 0).toBe(!(dialect === 'v8' && name === 'privacyNamespaceAttribute'));
    for (const [operation, how] of others) {
      expect([operation, how]).toEqual([operation, { error: expect.stringMatching(mayEndInError(name, side, operation)), isClear: true }]);
    }
  });

  it.each(BATCHES)('ends rightly where all other assumptions are turned at once (%d)', async (_number, assumptions) => {
    const { found } = await ends(engine, dialect, assumptions);
    expect([...found].filter(([, how]) => how !== 'right')).toEqual([]);
  });
});
