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

/** Gives way to the option: what nobody sees any more must not go on deciding what is shown. */
function formerParameter({ displayName, name, description }: INodeProperties): INodeProperties {
  const isSet = { [fromRoot(name)]: [{ _cnd: { exists: true as const } }] };
  return { displayName, name, type: 'hidden', default: '', description, displayOptions: { hide: isSet } };
}

/**
 * A property that is there only while an option has a certain value, wherever the step has the option.
 *
 * @param hide as in `displayOptions`
 */
export function shownByOption(
  option: string,
  values: string[],
  property: INodeProperties,
  hide?: Record<string, string[]>,
): INodeProperties[] {
  return shownByOptions({ [option]: values }, property, hide);
}

/** The same for several options, all of which have to have such a value. */
export function shownByOptions(
  options: Readonly<Record<string, string[]>>,
  property: INodeProperties,
  hide?: Record<string, string[]>,
): INodeProperties[] {
  const show = Object.entries(options).reduce<Record<string, string[]>[]>(
    (ways, [option, values]) => ways.flatMap((way) => [fromRoot(option), option].map((path) => ({ ...way, [path]: values }))),
    [{}],
  );
  return show.map((way) => ({
    ...property,
    displayOptions: { show: { ...property.displayOptions?.show, ...way }, ...(hide ? { hide } : {}) },
  }));
}

/** For `displayOptions.hide`: while one of these options has one of these values, wherever the step has the option. */
export function byOptions(options: Readonly<Record<string, string[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([option, values]) => [
      [fromRoot(option), values],
      [option, values],
    ]),
  );
}

/** As `displayOptions` name an option. Without the slash, n8n before 2.30 looks for a property of that whole name. */
function fromRoot(option: string): string {
  return `/${OPTIONS}${option}`;
}
