import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');

/** The folders of nodes/shared: each may import what stands before it, and nothing that stands after it. */
const SHARED = [
  'transport',
  'campaign',
  'campaign/access',
  'campaign/fields',
  'campaign/find',
  'campaign/lookUp',
  'campaign/write',
  'campaign/actions',
  'campaign/undo',
  'execution/reading',
  'execution/account',
  'execution',
  'ui',
  'ui/options',
  'ui/filters',
  'ui/record',
  'ui/service',
  'ui/profile',
  'operations',
].map((folder) => `nodes/shared/${folder}`);
/** Pace knows no way of a request, and no way knows pace; what both build on lies above them. */
const APART = [
  ['nodes/shared/transport/pace', 'nodes/shared/transport/http'],
  ['nodes/shared/transport/http', 'nodes/shared/transport/pace'],
];
/** What a profile is, both nodes about profiles have to know. */
const LENT = 'nodes/AdobeCampaignProfile/profile';

const MOST_FILES = 16;
const MOST_LINES = 300;
const MOST_PARAMETERS = 4;

const FILES = ['credentials', 'nodes'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/'))),
);

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** What a source imports, as it says it. */
function specifiersOf(file: string): string[] {
  return [...read(file).matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, specifier = '']) => specifier);
}

/** Files of this package that a source imports. */
function importsOf(file: string): string[] {
  return specifiersOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => {
      const target = path.posix.join(path.posix.dirname(file), specifier);
      return [`${target}.ts`, `${target}/index.ts`].find((candidate) => FILES.includes(candidate)) ?? target;
    });
}

const isWithin = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);

/** The place in `SHARED`, sub-folders before the folder that they lie in; -1 for the folders of nodes. */
const placeOf = (file: string): number => {
  const folder = path.posix.dirname(file);
  const exact = SHARED.indexOf(folder);
  return exact >= 0 ? exact : SHARED.findIndex((candidate) => isWithin(file, candidate));
};

/** `nodes/AdobeCampaign`, `nodes/AdobeCampaignProfile` …, and the resource's folder where a file lies in one. */
const nodeOf = (file: string): string => file.split('/').slice(0, 2).join('/');
const resourceOf = (file: string): string => file.split('/').slice(0, 3).join('/');

/** Why one file may not import the other; undefined where it may. */
function objection(file: string, target: string): string | undefined {
  if (!FILES.includes(target)) return 'is not there';
  if (isWithin(file, 'credentials')) {
    return isWithin(target, 'nodes/shared/campaign') || isWithin(target, 'nodes/shared/transport')
      ? undefined
      : 'is more than a credential needs';
  }
  if (isWithin(file, 'nodes/shared')) {
    if (!isWithin(target, 'nodes/shared')) return 'belongs to one node';
    if (placeOf(target) > placeOf(file)) return 'is further up';
    return APART.some(([from = '', to = '']) => isWithin(file, from) && isWithin(target, to)) ? 'is to be kept apart' : undefined;
  }
  if (isWithin(target, 'nodes/shared') || isWithin(target, LENT)) return undefined;
  if (nodeOf(target) !== nodeOf(file)) return 'belongs to another node';
  const isResource = (name: string): boolean => FILES.includes(`${resourceOf(name)}/index.ts`);
  if (isResource(target) && isResource(file) && resourceOf(target) !== resourceOf(file)) return 'belongs to another resource';
  return isResource(file) && !isResource(target) ? 'is further up' : undefined;
}

describe('the imports of the package', () => {
  it('are found at all', () => {
    expect(importsOf('nodes/shared/campaign/client.ts')).toContain('nodes/shared/transport/requester.ts');
    expect(importsOf('nodes/AdobeCampaign/service/index.ts')).toContain('nodes/shared/operations/index.ts');
    expect(FILES.length).toBeGreaterThan(100);
  });

  it('stand in an order that knows every folder of nodes/shared', () => {
    const folders = new Set(FILES.filter((file) => isWithin(file, 'nodes/shared')).map((file) => path.posix.dirname(file)));
    expect([...folders].filter((folder) => !SHARED.includes(folder) && !APART.flat().includes(folder))).toEqual([]);
    expect(SHARED.filter((folder) => !folders.has(folder))).toEqual([]);
  });

  it.each([
    ['nodes/shared/campaign/client.ts', 'nodes/shared/ui/apiOption.ts'],
    ['nodes/shared/campaign/fields/values.ts', 'nodes/shared/campaign/write/updateRecord.ts'],
    ['nodes/shared/transport/pace/gate.ts', 'nodes/shared/transport/http/failure.ts'],
    ['nodes/shared/operations/get.ts', 'nodes/AdobeCampaignProfile/profile/kind.ts'],
    ['nodes/AdobeCampaign/workflow/get.ts', 'nodes/AdobeCampaign/service/kind.ts'],
    ['nodes/AdobeCampaign/workflow/get.ts', 'nodes/AdobeCampaign/AdobeCampaign.node.ts'],
    ['nodes/AdobeCampaign/workflow/get.ts', 'nodes/AdobeCampaignProfileTrigger/poll.ts'],
    ['credentials/AdobeCampaignApi.credentials.ts', 'nodes/shared/execution/runner.ts'],
    ['nodes/shared/campaign/client.ts', 'nodes/shared/campaign/nowhere.ts'],
  ])('may not lead from %s to %s', (file, target) => expect(objection(file, target)).toEqual(expect.any(String)));

  it('point one way', () => {
    const against = FILES.flatMap((file) =>
      importsOf(file).flatMap((target) => {
        const why = objection(file, target);
        return why === undefined ? [] : [`${file} imports ${target}, which ${why}`];
      }),
    );
    expect(against).toEqual([]);
  });

  it('do not run in circles', () => {
    const circles = new Set<string>();
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.add([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      else if (!done.has(file)) for (const target of importsOf(file)) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
    expect([...circles]).toEqual([]);
  });
});

describe('the files of the package', () => {
  it(`have ${MOST_LINES} lines at the most`, () => {
    expect(FILES.filter((file) => read(file).split('\n').length > MOST_LINES + 1)).toEqual([]);
  });

  it(`lie ${MOST_FILES} to a folder at the most`, () => {
    const counts = new Map<string, number>();
    for (const file of FILES) counts.set(path.posix.dirname(file), (counts.get(path.posix.dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });
});

describe('the functions of the package', () => {
  const functions = FILES.flatMap((file) => {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest);
    return source.statements.filter(ts.isFunctionDeclaration).map(({ name, parameters }) => ({
      file,
      name: name?.text ?? '',
      parameters: parameters.length,
    }));
  });

  it('are found at all', () => expect(functions.length).toBeGreaterThan(300));

  it('have a name that no other has', () => {
    const names = functions.map(({ name }) => name);
    expect(functions.filter(({ name }, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it(`take ${MOST_PARAMETERS} parameters at the most: what belongs together comes as one object`, () => {
    expect(functions.filter(({ parameters }) => parameters > MOST_PARAMETERS)).toEqual([]);
  });
});
