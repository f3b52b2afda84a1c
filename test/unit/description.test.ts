import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyMode, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { AdobeCampaignApi } from '../../credentials/AdobeCampaignApi.credentials';
import type { Resource } from '../../nodes/shared/execution/operation';

const ROOT = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  n8n: { nodes: string[]; credentials: string[] };
  dependencies?: object;
};
const credential = new AdobeCampaignApi();
/** All of this holds for every node that package.json lists, and for every folder of a resource in its folder. */
const ALL = manifest.n8n.nodes.map((file) => {
  const source = file.replace(/^dist\//, '').replace(/\.js$/, '');
  const folder = path.dirname(source);
  return { folder, type: loadNode(source), resources: loadResources(folder) };
});

function loadNode(source: string): INodeType {
  const { [path.basename(source, '.node')]: Node } = load(source) as Record<string, (new () => INodeType) | undefined>;
  if (!Node) throw new Error(`${source} does not export the class that n8n looks for`);
  return new Node();
}

/** What the folders of a node export; a node without any is one without operations, such as a trigger. */
function loadResources(folder: string): Resource[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((name) => existsSync(path.join(ROOT, folder, name, 'index.ts')))
    .flatMap((name) => Object.values(load(path.join(folder, name, 'index')) as Record<string, Resource>));
}

function load(source: string): object {
  return jest.requireActual(path.join(ROOT, source));
}

/** Triggers have no operations; what holds for properties, texts and files holds for them, too. */
const TRIGGERS = ALL.filter(({ type }) => type.description.group.includes('trigger'));
const NODES = ALL.filter((node) => !TRIGGERS.includes(node));

/** Anything in a description that people read: a property, a choice, or a mode of a locator. */
interface Text {
  readonly where: string;
  readonly displayName?: string;
  readonly name?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly hint?: string;
}

interface Found {
  readonly where: string;
  readonly property: INodeProperties;
}

/** All properties, those inside collections included. */
function allProperties(properties: readonly INodeProperties[], where: string): Found[] {
  return properties.flatMap((property) => {
    const here = `${where} > ${property.displayName}`;
    const nested = (property.options ?? []).flatMap((option): Found[] => {
      if (isProperty(option)) return allProperties([option], here);
      return isCollection(option) ? allProperties(option.values, here) : [];
    });
    return [{ where: here, property }, ...nested];
  });
}

const isProperty = (option: INodePropertyOptions | INodeProperties | INodePropertyCollection): option is INodeProperties =>
  'type' in option;
const isCollection = (option: INodePropertyOptions | INodeProperties | INodePropertyCollection): option is INodePropertyCollection =>
  'values' in option;
const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
  options.filter((option): option is INodePropertyOptions => !isProperty(option) && !isCollection(option));

const PROPERTIES: readonly Found[] = [
  ...ALL.flatMap(({ type }) => allProperties(type.description.properties, type.description.displayName)),
  ...allProperties(credential.properties, credential.displayName),
];
const MODES = PROPERTIES.flatMap(({ where, property }) =>
  (property.modes ?? []).map((mode: INodePropertyMode) => ({ where: `${where} > ${mode.displayName}`, mode })),
);
const TEXTS: readonly Text[] = [
  ...PROPERTIES.map(({ where, property }) => ({ ...property, where })),
  ...PROPERTIES.flatMap(({ where, property }) => choicesOf(property).map((choice) => ({ ...choice, where: `${where} > ${choice.name}` }))),
  ...MODES.map(({ where, mode }) => ({ where, placeholder: mode.placeholder, hint: mode.hint })),
];
const OPERATIONS = NODES.flatMap(({ folder, resources }) =>
  resources.flatMap((resource) =>
    resource.operations.map((operation) => ({ folder, resource, operation, title: `${resource.value}.${operation.value}` })),
  ),
);

/** Names of what breaks a rule; a test that fails lists them. */
const offenders = <Element extends { readonly where: string }>(
  elements: readonly Element[],
  breaks: (element: Element) => boolean,
): string[] => elements.filter(breaks).map(({ where }) => where);

const sorted = (names: readonly string[]): string[] => [...names].sort((left, right) => left.localeCompare(right, 'en'));

describe.each(OPERATIONS)('the operation $title', ({ folder, resource, operation }) => {
  it('has a name in title case and a description in other words', () => {
    expect(operation.name).toMatch(/^[A-Z][a-z]*( (or|and|of|[A-Z][a-z]*))*$/);
    expect(operation.description.length).toBeGreaterThan(10);
    expect(operation.description).not.toBe(operation.name);
  });

  it('has an action in sentence case, without articles, with the resource in it', () => {
    const words = operation.action.split(' ');

    expect(words[0]).toMatch(/^[A-Z][a-z]+$/);
    for (const word of words.slice(1)) expect(word).toMatch(/^[a-z-]+$/);
    expect(operation.action).not.toMatch(/\b(a|an|the)\b/i);
    // Subscribing is what one does with subscriptions: the verb says it.
    const isSaidByVerb = resource.value === 'subscription' && operation.value.startsWith(words[0]?.toLowerCase() ?? '?');
    if (!isSaidByVerb) expect(words.join(' ')).toMatch(new RegExp(`\\b${resource.name.toLowerCase()}s?\\b`));
  });

  it('is run in the engine ring', () => {
    const engine = path.join(ROOT, 'test/engine');
    const tests = readdirSync(engine)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(path.join(engine, file), 'utf8'));
    expect(tests.some((text) => text.includes(`describe.each<Dialect>(['v8', 'acs'])('${resource.name} ${operation.name}, against`))).toBe(
      true,
    );
  });

  it('has a schema of its output', () => {
    const file = path.join(ROOT, folder, '__schema__/v1.0.0', resource.value, `${operation.value}.json`);
    const schema = JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown; properties?: object };

    expect(schema.type).toBe('object');
    expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
    for (const property of Object.values(schema.properties ?? {})) expect(property).toMatchObject({ type: expect.any(String) });
  });

  it('has the options of every run, which the runner reads', () => {
    const options = operation.properties
      .flatMap((property) => allProperties([property], operation.value))
      .map(({ property }) => property.name);

    expect(options).toEqual(expect.arrayContaining(['maxRequestsInFlight', 'requestsPerSecond', 'timeout']));
  });

  it('can be chosen in the editor', () => {
    const choices = NODES.flatMap(({ type }) => type.description.properties)
      .filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource.value))
      .flatMap(choicesOf);

    expect(choices).toContainEqual({
      name: operation.name,
      value: operation.value,
      action: operation.action,
      description: operation.description,
    });
  });
});

describe('resources and operations', () => {
  it.each(NODES.flatMap(({ resources }) => resources))('of $name are in alphabetical order', ({ operations }) => {
    const names = operations.map(({ name }) => name);

    expect(names).toEqual(sorted(names));
    expect(new Set(operations.map(({ value }) => value)).size).toBe(operations.length);
  });

  it.each(NODES)(
    'of $folder are those of its folders, what most people come for first and what is outdated last',
    ({ type, resources }) => {
      const choices = type.description.properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);

      expect(sorted(choices.map(({ name }) => name))).toEqual(sorted(resources.map(({ name }) => name)));
      expect(['Profile', 'Service']).toContain(choices[0]?.name);
      expect(choices.findIndex(({ name }) => name === 'Legacy')).toBe(
        choices.some(({ name }) => name === 'Legacy') ? choices.length - 1 : -1,
      );
      for (const { name, value } of resources) expect(choices).toContainEqual({ name, value });
    },
  );

  it.each(NODES)('of $folder have no schema too many', ({ folder, resources }) => {
    const base = path.join(ROOT, folder, '__schema__/v1.0.0');
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    const expected = resources.flatMap(({ value, operations }) =>
      operations.map((operation) => path.join(value, `${operation.value}.json`)),
    );

    expect(files.sort()).toEqual(expected.sort());
  });

  it.each(NODES)('of $folder have a version that the schemas follow', ({ type }) => {
    expect(type.description.version).toBe(1);
  });
});

describe('texts', () => {
  it('spell words as n8n does', () => {
    const spelled = ({ displayName = '', name = '', description = '', placeholder = '', hint = '' }: Text): string =>
      [displayName, name, description, placeholder, hint].join(' ');
    expect(offenders(TEXTS, (text) => /e[-\u2010\u2011]mail|centre|behaviour|colour|organis/i.test(spelled(text)))).toEqual([]);
  });

  const isOneSentence = (text: string): boolean => !/[.!?] [A-Z'"]/.test(text);

  it.each(['description', 'hint'] as const)('of one sentence have no period at the end: %s', (key) => {
    expect(offenders(TEXTS, ({ [key]: text }) => text !== undefined && isOneSentence(text) && text.endsWith('.'))).toEqual([]);
  });

  it.each(['description', 'hint'] as const)('of several sentences have one: %s', (key) => {
    expect(offenders(TEXTS, ({ [key]: text }) => text !== undefined && !isOneSentence(text) && !text.endsWith('.'))).toEqual([]);
  });

  it('begin with a capital letter', () => {
    expect(offenders(TEXTS, ({ description }) => description !== undefined && !/^[A-Z]/.test(description))).toEqual([]);
  });

  it('are there for every property but those whose name says it all', () => {
    const selfExplaining = new Set(['Resource', 'Operation', 'Options', 'Authentication', 'Minted Access Token']);

    expect(
      offenders(PROPERTIES, ({ property }) => !selfExplaining.has(property.displayName) && (property.description ?? '') === ''),
    ).toEqual([]);
  });

  it('of switches begin with Whether', () => {
    expect(offenders(PROPERTIES, ({ property }) => property.type === 'boolean' && !property.description?.startsWith('Whether '))).toEqual(
      [],
    );
  });

  it('do not use the words that people should not have to read', () => {
    expect(
      offenders(TEXTS, ({ description = '', hint = '' }) => /\b(error|problem|failure|mistake|node)\b/i.test(`${description} ${hint}`)),
    ).toEqual([]);
  });

  it('in placeholders are examples', () => {
    const others = new Set([
      'Add field',
      'Add filter',
      'Add link',
      'Add option',
      'Add parameter',
      'Add sort',
      'Select a custom resource...',
      'Select a profile...',
      'Select a record...',
      'Select a service...',
      'Select a signal...',
      'Select a unit...',
    ]);

    expect(
      offenders(TEXTS, ({ placeholder }) => placeholder !== undefined && !placeholder.startsWith('e.g. ') && !others.has(placeholder)),
    ).toEqual([]);
    for (const { property, where } of PROPERTIES) {
      if (property.type === 'collection')
        expect({ where, placeholder: property.placeholder }).toEqual({ where, placeholder: 'Add option' });
    }
  });

  it('as display names are in title case', () => {
    expect(offenders(PROPERTIES, ({ property }) => !/^[A-Z]/.test(property.displayName))).toEqual([]);
    expect(offenders(TEXTS, ({ displayName = '', name = '' }) => displayName !== displayName.trim() || name !== name.trim())).toEqual([]);
  });
});

describe('choices', () => {
  it('of five and more are in alphabetical order, and so are collections', () => {
    const disordered = PROPERTIES.filter(({ property: { name: property, type, options = [] } }) => {
      // Resources stand in the order in which people come for them, see above.
      if (property === 'resource') return false;
      if (!['options', 'multiOptions', 'collection'].includes(type) || options.length < 5) return false;
      const names = options.map((option) => (isProperty(option) || isCollection(option) ? option.displayName : option.name));
      return JSON.stringify(names) !== JSON.stringify(sorted(names));
    });

    expect(disordered.map(({ where }) => where)).toEqual([]);
  });

  it('have their default among them', () => {
    expect(
      offenders(
        PROPERTIES,
        ({ property }) =>
          property.type === 'options' &&
          !property.typeOptions?.loadOptionsMethod &&
          !choicesOf(property).some(({ value }) => value === property.default),
      ),
    ).toEqual([]);
  });

  it('have different values', () => {
    expect(
      offenders(PROPERTIES, ({ property }) => {
        const values = choicesOf(property).map(({ value }) => value);
        return new Set(values).size !== values.length;
      }),
    ).toEqual([]);
  });

  it('of resource and operation take no expression', () => {
    for (const { property } of PROPERTIES.filter(({ property: { name } }) => name === 'resource' || name === 'operation')) {
      expect(property.noDataExpression).toBe(true);
    }
  });
});

describe('conditions', () => {
  it.each(ALL)('name properties and choices that exist: $folder', ({ type }) => {
    const { properties } = type.description;
    const broken = properties.flatMap(({ displayName, displayOptions }) =>
      [...Object.entries(displayOptions?.show ?? {}), ...Object.entries(displayOptions?.hide ?? {})].flatMap(([name, values]) => {
        const [parent, option] = name.split('.');
        const options = properties.filter(({ name: candidate }) => candidate === 'options').flatMap(({ options: offered = [] }) => offered);
        // What is an option today stood on its own once: that property is hidden.
        const named = [
          ...properties.filter((property) => property.name === name),
          ...options.filter(isProperty).filter((property) => property.name === (parent === '/options' ? option : name)),
        ];
        const known = named.flatMap((property): unknown[] =>
          property.type === 'boolean' ? [true, false] : choicesOf(property).map(({ value }) => value),
        );
        // Whether it is there at all can be asked of any property.
        if (JSON.stringify(values) === JSON.stringify([{ _cnd: { exists: true } }]) && named.length > 0) return [];
        return (values ?? []).filter((value) => !known.includes(value)).map((value) => `${displayName}: ${name} = ${String(value)}`);
      }),
    );

    expect(broken).toEqual([]);
  });
});

describe('methods', () => {
  it.each(ALL)('that properties name exist: $folder', ({ type }) => {
    const named: Array<[string, string]> = [];
    for (const { property } of allProperties(type.description.properties, '')) {
      const { loadOptionsMethod, resourceMapper } = property.typeOptions ?? {};
      if (loadOptionsMethod) named.push(['loadOptions', loadOptionsMethod]);
      if (resourceMapper?.resourceMapperMethod) named.push(['resourceMapping', resourceMapper.resourceMapperMethod]);
      for (const { typeOptions } of property.modes ?? [])
        if (typeOptions?.searchListMethod) named.push(['listSearch', typeOptions.searchListMethod]);
    }
    const methods: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> = type.methods ?? {};
    const kinds = new Set(named.map(([kind]) => kind));

    expect(named.filter(([kind, name]) => typeof methods[kind]?.[name] !== 'function')).toEqual([]);
    expect(kinds).toEqual(new Set(Object.keys(methods)));
  });
});

describe('the package', () => {
  const sources = (folder: string, ending: string): string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending))
      .map((file) => `dist/${folder}/${file.split(path.sep).join('/').replace(/\.ts$/, '.js')}`)
      .sort();

  it('lists every node and credential', () => {
    expect([...manifest.n8n.nodes].sort()).toEqual(sources('nodes', '.node.ts'));
    expect([...manifest.n8n.credentials].sort()).toEqual(sources('credentials', '.credentials.ts'));
    expect(manifest.n8n.nodes.length).toBe(ALL.length);
  });

  it('has no dependencies at run time', () => {
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
  });

  it.each(ALL)('has a codex and icons for $folder', ({ folder, type }) => {
    const files = readdirSync(path.join(ROOT, folder));
    const { icon } = type.description;
    const icons = typeof icon === 'object' ? [icon.light, icon.dark] : [];
    const codexFile = files.find((file) => file.endsWith('.node.json')) ?? '';
    const codex = JSON.parse(readFileSync(path.join(ROOT, folder, codexFile), 'utf8')) as { node: string; resources?: object };

    expect(codex.node).toBe(`n8n-nodes-adobe-campaign.${type.description.name}`);
    expect(codex.resources).toBeDefined();
    expect(icons).toHaveLength(2);
    for (const file of icons) expect(existsSync(path.join(ROOT, folder, file.replace(/^file:/, '')))).toBe(true);
  });

  it.each(ALL)('gives $folder its credential', ({ type }) => {
    expect(type.description.credentials).toEqual([{ name: credential.name, required: true }]);
  });

  it.each(NODES)('lets agents use $folder', ({ type }) => {
    expect(type.description.usableAsTool).toBe(true);
  });
});

describe('triggers', () => {
  it.each(TRIGGERS)('are shown as such: $folder', ({ folder, type: { description } }) => {
    expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [], version: 1 });
    expect(description.displayName).toMatch(/ Trigger$/);
    // The editor has no use for one.
    expect(existsSync(path.join(ROOT, folder, '__schema__'))).toBe(false);
  });
});
