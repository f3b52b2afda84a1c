import { ASSUMPTION_NAMES, CHOICES, DEFAULT_ASSUMPTIONS, parseAssumptions, type Assumptions, type Dialect } from '../simulator';
import { seededRandom } from '../simulator/random';
import { PROBES } from '../../probe/probes';
import { parseReport } from '../../probe/report';
import { drawsAll } from '../support/sample';
import { findingOn, probeSimulator } from './probing';

jest.setTimeout(60_000);

const DIALECTS = ['v8', 'acs'] as const;

/** Where a switch can be seen at all: a table above the threshold for what is said of big tables. */
const settings = { bigTableThreshold: 5, dataPolicies: {} };

/** Switches that hide another one: where these are set, the other cannot be told, and the probe says so. */
const probed = ASSUMPTION_NAMES.filter((name) => PROBES[name].stage !== 'none');
const unprobed = ASSUMPTION_NAMES.filter((name) => PROBES[name].stage === 'none');

function isAbout(name: keyof Assumptions, dialect: Dialect): boolean {
  const probe = PROBES[name];
  return probe.stage !== 'none' && (probe.dialect ?? dialect) === dialect;
}

/** A switch of both dialects is turned in one of them, unless all are. */
function isDrawn(name: keyof Assumptions, dialect: Dialect): boolean {
  return drawsAll() || !DIALECTS.every((each) => isAbout(name, each)) || probed.indexOf(name) % 2 === DIALECTS.indexOf(dialect);
}

describe('the probe', () => {
  it('has an answer for every assumption: a probe, or the reason for none', () => {
    expect(Object.keys(PROBES).sort()).toEqual([...ASSUMPTION_NAMES].sort());
    for (const name of unprobed) {
      const probe = PROBES[name];
      expect(probe.stage === 'none' ? probe.why : '').toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});

describe.each(DIALECTS)('against a simulator of %s, the probe', (dialect) => {
  it("reads the simulator's own picks as confirmed, removes what it made, and says where there is no probe", async () => {
    const result = await probeSimulator({ dialect, settings, profiles: 1001 });
    expect([result.report.dialect, result.report.stopped, result.leftOver]).toEqual([dialect, null, []]);
    const about = probed.filter((name) => isAbout(name, dialect));
    expect(about.map((name) => [name, findingOn(result, name).outcome, findingOn(result, name).note])).toEqual(
      about.map((name) => [name, 'confirmed', findingOn(result, name).outcome === 'confirmed' ? findingOn(result, name).note : undefined]),
    );
    for (const name of unprobed) expect(findingOn(result, name)).toMatchObject({ outcome: 'notAnswerable', note: expect.any(String) });
    expect([result.simulator.profiles.size, result.simulator.services.size]).toEqual([1001, 7]);
  });

  it.each(
    probed
      .filter((name) => isAbout(name, dialect) && isDrawn(name, dialect))
      .flatMap((name) => CHOICES[name].sides.slice(1).map((side: unknown) => [name, side] as const)),
  )('reads back %s as %j', async (name, side) => {
    const assumptions = parseAssumptions({ [name]: side });
    const result = await probeSimulator({ dialect, settings, assumptions, profiles: 60 });
    expect(findingOn(result, name)).toMatchObject({ outcome: 'contradicted', observed: side });
    // Nothing else is told wrongly because of it.
    for (const { assumption, outcome, observed } of result.report.findings) {
      if (outcome === 'contradicted' && assumption !== name) expect([assumption, observed]).toEqual([name, side]);
    }
    expect(parseReport(JSON.stringify(result.report))).toMatchObject({ dialect, assumptions });
    expect([result.leftOver, result.simulator.services.size, result.simulator.subscriptions.size]).toEqual([[], 7, 0]);
  });

  it.each([1, 2, 3, 4, 5, 6])('says nothing that is not so where many switches are turned at once (seed %d)', async (seed) => {
    const random = seededRandom(seed);
    const drawn = Object.fromEntries(
      ASSUMPTION_NAMES.map((name) => {
        const sides: readonly unknown[] = CHOICES[name].sides;
        return [name, sides[Math.floor(random() * sides.length)]];
      }),
    );
    const assumptions: Assumptions = { ...DEFAULT_ASSUMPTIONS, ...parseAssumptions(drawn) };
    const result = await probeSimulator({ dialect, settings, assumptions, profiles: 60 });
    const wrong = result.report.findings.filter(
      ({ assumption, observed }) => observed !== undefined && JSON.stringify(observed) !== JSON.stringify(assumptions[assumption]),
    );
    expect(wrong.map(({ assumption, observed }) => [assumption, observed])).toEqual([]);
    expect(result.report.findings.filter(({ outcome }) => outcome === 'neither').map(({ assumption, note }) => [assumption, note])).toEqual(
      [],
    );
    expect([result.leftOver, result.simulator.services.size]).toEqual([[], 7]);
  });
});
