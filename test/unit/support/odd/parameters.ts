import type { IDataObject, INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { Operation } from '../../../../nodes/shared/execution/operation';

/** One place of a step where somebody may set something, be it inside of a collection, a row or a locator. */
export interface Place {
  /** E.g. `options.timeout`, `filters.email.email`, `service.value (url)`. */
  readonly name: string;
  readonly property: INodeProperties;
  /** The step with a value there, and all that has to be set for the value to count. */
  with(base: INodeParameters, value: unknown): INodeParameters;
  /** The same without anything there. */
  without(base: INodeParameters): INodeParameters;
}

/** Puts something into parameters; `undefined` takes it away. */
type Put = (base: IDataObject, value: unknown) => IDataObject;

const NOTHING = Symbol('nothing');

/** All places of an operation, but for the mapper of fields, whose values have tests of their own. */
export function placesOf({ properties }: Pick<Operation, 'properties'>, examples: Examples): Place[] {
  const places = properties
    .filter((property) => !isFormer(property))
    .flatMap((property) => placesIn(property, property.name, put(property.name), examples));
  // What is shown in several cases is one parameter.
  return [...new Map(places.map((each) => [each.name, each] as const).reverse()).values()].reverse();
}

/** Shown for workflows that were saved with an earlier version. */
function isFormer({ displayOptions }: INodeProperties): boolean {
  return Object.keys(displayOptions?.show ?? {}).some((path) => ['fieldsFrom', 'identifyBy', 'matchOn', 'readBack'].includes(path));
}

function placesIn(property: INodeProperties, name: string, set: Put, examples: Examples): Place[] {
  switch (property.type) {
    case 'collection':
      return optionsOf(property).flatMap((option) =>
        placesIn(
          option,
          `${name}.${option.name}`,
          (base, value) => set(base, put(option.name)(objectAt(base, property.name), value)),
          examples,
        ),
      );
    case 'fixedCollection':
      return kindsOf(property).flatMap((kind) =>
        kind.values.flatMap((value) =>
          rowPlaces(property, kind, value, { name, set: (base, given) => set(needed(property, base), given), examples }),
        ),
      );
    case 'resourceLocator':
      return (property.modes ?? []).map((mode) =>
        place(property, `${name} (${mode.name})`, (base, value) =>
          set(base, value === NOTHING ? value : { __rl: true, mode: mode.name, value }),
        ),
      );
    case 'resourceMapper':
      return [];
    default:
      return [place(property, name, set)];
  }
}

/** One row, whose other values are such as somebody would give. */
function rowPlaces(
  property: INodeProperties,
  kind: INodePropertyCollection,
  value: INodeProperties,
  { name, set, examples }: { readonly name: string; readonly set: Put; readonly examples: Examples },
): Place[] {
  const isList = property.typeOptions?.multipleValues === true;
  const others = Object.fromEntries(kind.values.map((other) => [other.name, exampleOf(other, examples)]));
  const shown = Object.fromEntries(Object.entries(value.displayOptions?.show ?? {}).map(([key, choices]) => [key, choices?.[0]]));
  const putRow: Put = (base, given) => {
    const row = put(value.name)({ ...others, ...shown } as IDataObject, given);
    return set(base, { [kind.name]: isList ? [row] : row });
  };
  return placesIn(value, `${name}.${kind.name}.${value.name}`, putRow, examples);
}

function place(property: INodeProperties, name: string, set: Put): Place {
  return {
    name,
    property,
    with: (base, value) => set(needed(property, base), value) as INodeParameters,
    without: (base) => set(needed(property, base), NOTHING) as INodeParameters,
  };
}

/** The step with what has to be set for a parameter to be shown, and read. */
function needed({ name, displayOptions }: INodeProperties, base: IDataObject): IDataObject {
  const conditions = Object.entries({ ...displayOptions?.show, ...NEEDED[name] });
  return conditions.reduce<IDataObject>((parameters, [path, choices]) => {
    const [first = '', second] = path.replace(/^\//, '').split('.');
    const choice: unknown = choices?.[0];
    return put(first)(parameters, second === undefined ? choice : put(second)(objectAt(parameters, first), choice));
  }, base);
}

function put(name: string): Put {
  return (base, value) => {
    const others = Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));
    return value === NOTHING ? others : { ...others, [name]: value as IDataObject[string] };
  };
}

/** What somebody might enter. */
function exampleOf({ type, name, default: initial, modes, options }: INodeProperties, examples: Examples): unknown {
  if (type === 'resourceLocator')
    return { __rl: true, mode: modes?.find((mode) => mode.name === 'name')?.name ?? 'pKey', value: 'weekly_offers' };
  if (type === 'dateTime') return '2026-01-31';
  if (name === 'parameters' && type === 'fixedCollection') return { parameter: [{ name: examples.parameter, value: '7' }] };
  if (type === 'fixedCollection') return {};
  if (type === 'options' && options === undefined) return name === 'field' ? examples.field : examples.filter;
  return initial === '' ? (TEXTS[name] ?? 'example') : initial;
}

/** Names that the resource of an operation has. */
export interface Examples {
  readonly filter: string;
  readonly parameter: string;
  /** To sort by, or of a link. */
  readonly field: string;
}

const TEXTS: Readonly<Record<string, string>> = { customField: 'cusHobby', delivery: '@d', audience: '@a', name: 'amount' };

/** Without these, the value of an option does not count. */
const NEEDED: Readonly<Record<string, Record<string, ReadonlyArray<string | boolean>>>> = {
  deadline: { '/options.waitUntilReached': [true] },
  pollInterval: { '/options.waitUntilReached': [true] },
  notFound: { '/options.behavior': ['updateOnly'] },
};

function objectAt(base: IDataObject, name: string): IDataObject {
  return (base[name] ?? {}) as IDataObject;
}

function optionsOf({ options = [] }: INodeProperties): INodeProperties[] {
  return options.filter((option): option is INodeProperties => 'type' in option);
}

function kindsOf({ options = [] }: INodeProperties): INodePropertyCollection[] {
  return options.filter((option): option is INodePropertyCollection => 'values' in option);
}

/** The values of a dropdown; none where Campaign fills it. */
export function choicesOf({ type, options = [] }: INodeProperties): string[] {
  if (type !== 'options') return [];
  return options.filter((option): option is INodePropertyOptions => 'value' in option).map(({ value }) => String(value));
}
