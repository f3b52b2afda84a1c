/**
 * Reads drawn parameters for drawn items in both ways, in one of n8n's expression engines, and compares.
 *
 * A process of its own: jest cannot load the engines. Arguments: the engine and the number of cases. Prints how much was compared.
 */
import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { Expression, type IDataObject, type IExecuteFunctions, type INodeParameters, type INodeType } from 'n8n-workflow';

import { Item, Run } from '../../nodes/shared/execution/item';
import { ASK_ENGINE, columnReader } from '../../nodes/shared/execution/reading/simpleExpressions';
import { Engine } from './engine';
import { chain } from './workflows';

const NAMES = [
  'email',
  'first name',
  'a',
  'b',
  'a.b',
  'x-y',
  '0',
  'größe',
  '名前',
  '$x',
  '_y',
  '__z',
  'class',
  'name',
  'value',
  'length',
  'item',
  'toJSON',
  'toString',
  'constructor',
  'prototype',
  'caller',
  "it's",
  'say "hi"',
  'curly } } brace',
  'tab\there',
];
const anyName = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('email', 'first name', 'a', 'b', 'value') }, fc.constantFrom(...NAMES));
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '={{ $json.a }}',
    '{{ 1 }}',
    'null',
    '\u2028',
    '\0x',
    '\ud800',
    'é👍',
    'quote \' and "',
    'back\\slash',
    '0012',
    'x'.repeat(5000),
  ),
  fc.integer(),
  fc.double(),
  fc.constantFrom<unknown>(0, -0, NaN, Infinity, 1e21, 0.1, 9007199254740992, true, false, null, undefined),
);
const anyValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.dictionary(anyName, fc.oneof(scalar, fc.dictionary(anyName, scalar))),
  fc.array(scalar, { maxLength: 3 }),
  fc.date({ noInvalidDate: true }),
);
const anyJson = fc
  .tuple(fc.dictionary(anyName, anyValue, { noNullPrototype: true }), fc.record({ email: scalar, a: scalar, 'first name': scalar }))
  .map(([some, usual]) => ({ ...usual, ...some }));

const quoted = (name: string, quote: string): string => `${quote}${name.replace(/["'\\]/g, '\\$&').replace(/\t/g, '\\t')}${quote}`;
const step = fc
  .tuple(anyName, fc.constantFrom('dot', '"', "'", '`'))
  .map(([name, how]) => (how === 'dot' && /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quoted(name, how === 'dot' ? '"' : how)}]`));
const dragged = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 2 }), fc.constantFrom(' ', '', '  ', '\n'), fc.constantFrom(' ', '', '\t'))
  .map(([steps, before, after]) => `={{${before}$json${steps.join('')}${after}}}`);
const other = fc.oneof(
  dragged.map((expression) => `= ${expression.slice(1)}`),
  dragged.map((expression) => `${expression} `),
  dragged.map((expression) => expression.slice(1)),
  dragged.map((expression) => `=Dear ${expression.slice(1)}`),
  dragged.map((expression) => expression.replace(/\s*\}\}$/, '.length }}')),
  dragged.map((expression) => expression.replace('$json', '$json?')),
  dragged.map((expression) => expression.replace(/\s*\}\}$/, ' ?? "none" }}')),
  dragged.map((expression) => expression.replace('$json', '$input.item.json')),
  fc.constantFrom(
    '={{ $json }}',
    '={{ }}',
    '=',
    '={{ $json. }}',
    '={{ $json["a] }}',
    '={{ $json[0] }}',
    '={{ $itemIndex }}',
    'plain',
    '={{ 1 }}',
  ),
);
const anyExpression = fc.oneof({ weight: 4, arbitrary: dragged }, other);
/** Fields that every item has: most of them can be read without the engine. */
const usual = fc.constantFrom('={{ $json.email }}', '={{ $json.a }}', '={{ $json["first name"] }}', "={{ $json['a'] }}");
const anyParameter: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: usual },
  { weight: 3, arbitrary: anyExpression },
  fc.record({ __rl: fc.constant(true), mode: fc.constantFrom('email', 'pKey'), value: anyExpression }),
  fc.array(fc.oneof(anyExpression, fc.constant('constant')), { maxLength: 3 }),
  fc.record({ row: fc.array(fc.record({ name: fc.constant('n'), value: anyExpression }), { maxLength: 2 }) }),
);

/** What reading something comes to: the value, or that it cannot be read. */
type Outcome = { readonly value: unknown } | 'refused';
const outcomeOf = (read: () => unknown): Outcome => {
  try {
    return { value: read() };
  } catch {
    return 'refused';
  }
};

class RawItem extends Item {
  override value(name: string, fallback?: unknown): unknown {
    return super.value(name, fallback);
  }
}

/** Reads its parameter for every item in both ways, and hands the outcomes to the test. */
const readings: Array<{ ours: Outcome; theirs: Outcome; mapped: Outcome; isSimple: boolean }> = [];
const READER: INodeType = {
  description: {
    displayName: 'Reader',
    name: 'test.reader',
    group: ['transform'],
    version: 1,
    description: '',
    defaults: { name: 'Reader' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [
      { displayName: 'Parameter', name: 'parameter', type: 'string', default: '' },
      { displayName: 'Fields', name: 'fields', type: 'resourceMapper', default: {} },
    ],
  },
  async execute(this: IExecuteFunctions) {
    const run = new Run(this);
    const items = this.getInputData();
    for (const [index, { json }] of items.entries()) {
      const item = new RawItem(run, index, json);
      const reader = columnReader(this.getNode().parameters.parameter);
      readings.push({
        ours: outcomeOf(() => item.value('parameter')),
        theirs: outcomeOf(() => this.getNodeParameter('parameter', index)),
        mapped: outcomeOf(() => item.mappedFields('fields', 'Fields').values.field),
        isSimple: reader !== undefined && reader(json) !== ASK_ENGINE,
      });
    }
    return [items];
  },
};

const reader = (parameter: unknown): INodeParameters =>
  ({ parameter, fields: { mappingMode: 'defineBelow', value: { field: parameter }, matchingColumns: [], schema: [] } }) as INodeParameters;

function compare(name: string, ours: Outcome, theirs: Outcome): void {
  if (!isDeepStrictEqual(ours, theirs)) throw new Error(`${name}: read ${show(ours)}, n8n reads ${show(theirs)}`);
}

function show(outcome: Outcome): string {
  return outcome === 'refused' ? outcome : `${typeof outcome.value} ${JSON.stringify(outcome.value)}`;
}

async function main(engineName: string, cases: number): Promise<void> {
  if (engineName !== 'legacy' && engineName !== 'quickjs' && engineName !== 'vm') throw new Error(`There is no engine ${engineName}`);
  const engine = await Engine.load({ 'test.reader': READER });
  await Expression.initExpressionEngine({
    engine: engineName,
    bridgeTimeout: 5_000,
    bridgeMemoryLimit: 128,
    poolSize: 1,
    maxCodeCacheSize: 10_000,
  });
  let [simple, all] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyParameter, fc.array(anyJson, { minLength: 1, maxLength: 4 }), async (parameter, items) => {
      readings.length = 0;
      const position: [number, number] = [0, 0];
      const node = { id: 'r', name: 'Reader', type: 'test.reader', typeVersion: 1, position, parameters: reader(parameter) };
      const { error } = await engine.run(chain(node), items as IDataObject[]);
      if (error) throw error;
      if (readings.length !== items.length) throw new Error('Not every item was read');
      for (const { ours, theirs, mapped, isSimple } of readings) {
        compare('parameter', ours, theirs);
        if (typeof parameter === 'string') compare('field of the mapper', mapped, theirs);
        simple += Number(isSimple);
        all += 1;
      }
    }),
    { numRuns: cases },
  );
  console.log(JSON.stringify({ simple, all }));
}

main(process.argv[2] ?? '', Number(process.argv[3])).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
