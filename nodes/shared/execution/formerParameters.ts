import type { INodeProperties } from 'n8n-workflow';

import { isEmpty } from '../campaign/scalars';
import { hiddenTwin } from './storedCollections';

const OPTIONS = 'options.';

/** What is set under Options today and stood on its own in version 0.1.0, with the same name and values. */
const FORMER: ReadonlySet<string> = new Set([
  'api',
  'behavior',
  'contextFrom',
  'fieldsFrom',
  'identifyBy',
  'label',
  'matchOn',
  'mobilePhone',
  'name',
  'parametersFrom',
  'readBack',
]);

/**
 * Where an option stands in a step: under Options, or on its own in a workflow that was saved before it became one.
 *
 * @param path e.g. `options.api`
 * @param stored reads a path of the step, undefined where nothing stands there
 */
export function pathOfOption(path: string, stored: (path: string) => unknown): string {
  const former = path.startsWith(OPTIONS) ? path.slice(OPTIONS.length) : '';
  if (!FORMER.has(former) || stored(path) !== undefined) return path;
  return isEmpty(stored(former)) ? path : former;
}

/**
 * Keeps what saved workflows have: n8n drops a parameter that no property has the name of before a step runs. And puts hidden
 * properties in front for all that others are shown by: n8n tells what is shown in the order of the properties.
 *
 * @returns the properties, behind a hidden one for the options and for each option that stood on its own once
 */
export function withFormerParameters(properties: readonly INodeProperties[]): INodeProperties[] {
  const collections = properties.filter(({ name, type }) => name === 'options' && type === 'collection');
  const former = collections
    .flatMap(({ options = [] }) => options.filter((option): option is INodeProperties => 'type' in option && FORMER.has(option.name)))
    .map(formerParameter);
  if (former.length === 0) return [...properties];
  return [...collections.map(hiddenTwin), ...former, ...properties];
}

/** Gives way to the option: what nobody sees any more is not kept beside it. */
function formerParameter({ displayName, name, description }: INodeProperties): INodeProperties {
  return { displayName, name, type: 'hidden', default: '', description, displayOptions: { hide: isSet(name) } };
}

/** What an option has to be, or must not be, wherever the step has it; one that is not set has its default. */
export type OptionCondition = { readonly is: string[] } | { readonly isNot: string[] };

/**
 * A property that is there only while all of these options are as they have to be. An option under Options counts before what stood on
 * its own: the editor goes on showing by the latter until the step is opened again.
 *
 * @returns the property once for each place in which the options may stand
 */
export function whileOptions(conditions: Readonly<Record<string, OptionCondition>>, property: INodeProperties): INodeProperties[] {
  const ways = Object.entries(conditions).reduce<Rule[]>(
    (before, [option, condition]) => before.flatMap((way) => placesOf(option, condition).map((place) => merged(way, place))),
    [property.displayOptions ?? {}],
  );
  return ways.map((displayOptions) => ({ ...property, displayOptions }));
}

type Rule = NonNullable<INodeProperties['displayOptions']>;

/** Under Options, or on its own where Options do not have it. */
function placesOf(option: string, condition: OptionCondition): Rule[] {
  const path = fromRoot(option);
  if ('is' in condition) return [{ show: { [path]: condition.is } }, { show: { [option]: condition.is }, hide: isSet(option) }];
  return [{ show: isSet(option), hide: { [path]: condition.isNot } }, { hide: { ...isSet(option), [option]: condition.isNot } }];
}

function isSet(option: string): NonNullable<Rule['hide']> {
  return { [fromRoot(option)]: [{ _cnd: { exists: true } }] };
}

function merged({ show: left, hide: hidden }: Rule, { show, hide }: Rule): Rule {
  return {
    ...(left || show ? { show: { ...left, ...show } } : {}),
    ...(hidden || hide ? { hide: { ...hidden, ...hide } } : {}),
  };
}

/** As `displayOptions` name an option. Without the slash, n8n before 2.30 looks for a property of that whole name. */
function fromRoot(option: string): string {
  return `/${OPTIONS}${option}`;
}
