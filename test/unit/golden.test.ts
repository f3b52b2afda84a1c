import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { GOLDEN_FOLDER, goldenFiles, type Golden, type GoldenParameter } from '../support/golden';

const WHAT_TO_DO = `Saved workflows depend on this. Does everything that somebody saved go on as before? (A new parameter does, if its default
changes nothing, and so does a new choice.) Then run 'npm run golden' and commit the files. If not, leave what is there as it is, and
give the node another version with the new parameters.`;

const FILES = readdirSync(GOLDEN_FOLDER);
const read = (file: string): Golden => JSON.parse(readFileSync(path.join(GOLDEN_FOLDER, file), 'utf8')) as Golden;

/** Parameters by where they are; those of one place, which differ in when they are shown, in their order. */
function byPlace(parameters: readonly GoldenParameter[]): Map<string, string> {
  const places = new Map<string, string>();
  for (const parameter of parameters) {
    places.set(parameter.at, `${places.get(parameter.at) ?? ''}${JSON.stringify(parameter)}\n`);
  }
  return places;
}

function differences(golden: Golden, found: Golden): string[] {
  const [before, after] = [byPlace(golden.parameters), byPlace(found.parameters)];
  const changed = [...before].flatMap(([at, was]) => {
    const is = after.get(at);
    if (is === undefined) return [`gone: ${at}`];
    return is === was ? [] : [`changed: ${at}\n  from ${was}  to   ${is}`];
  });
  const added = [...after.keys()].filter((at) => !before.has(at)).map((at) => `new: ${at}`);
  const others = (['type', 'codex'] as const).filter((part) => JSON.stringify(golden[part]) !== JSON.stringify(found[part]));
  return [...changed, ...added, ...others.map((part) => `changed: ${part} to ${JSON.stringify(found[part])}`)];
}

describe('what saved workflows depend on', () => {
  it('is written down for every node and for the credential', async () => {
    expect(FILES).toEqual([...(await goldenFiles()).keys()].sort());
  });

  it.each(FILES)('is as it was: %s', async (file) => {
    const found = (await goldenFiles()).get(file);
    if (!found) throw new Error(`Nothing is called ${file} any more. ${WHAT_TO_DO}`);
    const differing = differences(read(file), found);
    if (differing.length > 0) throw new Error(`${file}:\n${differing.join('\n')}\n\n${WHAT_TO_DO}`);
  });

  it('would be missed, whatever part of it changed', async () => {
    const golden = (await goldenFiles()).get('adobeCampaignProfile.json');
    if (!golden) throw new Error('no such node');
    const [first, ...others] = golden.parameters;
    for (const change of [{ default: 'x' }, { type: 'x' }, { values: ['x'] }, { displayOptions: {} }, { at: 'x' }]) {
      const parameters = [{ ...first, at: first?.at ?? '', ...change }, ...others];
      expect(differences(golden, { ...golden, parameters })).not.toEqual([]);
    }
    expect(differences(golden, { ...golden, codex: { alias: [] } })).toHaveLength(1);
    expect(differences(golden, { ...golden, parameters: others })).toEqual(['gone: resource']);
  });
});
