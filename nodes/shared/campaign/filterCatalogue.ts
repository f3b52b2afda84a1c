import { invalidInput, type CampaignError } from './error';
import { isObject } from './records';
import { isEmpty } from './scalars';
import type { ApiName } from './urls';

/** A filter of a resource, as Campaign describes it. */
export interface FilterDescription {
  readonly name: string;
  readonly label: string;
  readonly parameters: readonly string[];
}

/** The filters of a resource by name. */
export type FilterCatalogue = ReadonlyMap<string, FilterDescription>;

/** One filter as it goes into an address: its name into the path, its parameters into the query. */
export interface ListFilter {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** In the data model a parameter is called `points`; in the address of an administrator's filter `points_parameter`. */
const PARAMETER_SUFFIX = '_parameter';
/** Of all parameters that begin with an underscore, these alone are the server's own: a filter may take `_parameter`. */
const SERVER_PARAMETERS: ReadonlySet<string> = new Set(['_lineCount', '_lineStart', '_order', '_forcePagination']);
const FILTER_NAME = /^\p{L}[\p{L}\p{N}_]*$/u;

/**
 * Reads the answer of a resource's `filters` address (Adobe: "Filtering").
 *
 * @returns undefined when the answer describes no filters
 */
export function parseFilters(json: unknown): FilterCatalogue | undefined {
  if (!isObject(json)) return undefined;
  const filters = new Map<string, FilterDescription>();
  for (const [name, description] of Object.entries(json)) {
    if (!isObject(description) || typeof description.data !== 'string') continue;
    const label = typeof description.label === 'string' && description.label !== '' ? description.label : name;
    filters.set(name, { name, label, parameters: parametersOf(description.data) });
  }
  // An answer that describes something else describes no filters either.
  return filters.size > 0 || Object.keys(json).length === 0 ? filters : undefined;
}

/** `data` is an address with `$value` where each value goes: `/profileAndServices/profile/byText?text=$value`. */
function parametersOf(template: string): string[] {
  const start = template.indexOf('?');
  return start < 0 ? [] : [...new URLSearchParams(template.slice(start)).keys()].filter((name) => !SERVER_PARAMETERS.has(name));
}

/**
 * Checks a filter that somebody named, because Campaign takes an unknown one for a key, and leaves a filter whose
 * parameter is missing out altogether: then everything matches.
 *
 * @param catalogue the resource's filters; undefined where Campaign does not tell them
 * @param given parameters by name, with or without the suffix `_parameter`
 * @throws CampaignError `invalidInput`
 */
export function checkFilter(
  catalogue: FilterCatalogue | undefined,
  api: ApiName,
  name: string,
  given: Readonly<Record<string, string>>,
): ListFilter {
  if (!FILTER_NAME.test(name)) {
    throw invalidInput(
      name === '' ? 'A filter has no name' : `'${name}' cannot be the name of a filter`,
      'Choose a filter from the list, or enter its API name.',
    );
  }
  const [blank] = Object.entries(given).find(([, value]) => isEmpty(value)) ?? [];
  if (blank !== undefined) {
    throw invalidInput(
      `Parameter '${blank}' of filter '${name}' is empty`,
      'Campaign would leave the filter out and return everybody. Give a value, or remove the parameter.',
    );
  }
  if (!catalogue) return { name, parameters: given };
  const filter = catalogue.get(name);
  if (!filter) throw unknownFilter(catalogue, api, name);

  const parameters = Object.fromEntries(Object.entries(given).map(([parameter, value]) => [nameOf(filter, parameter), value]));
  if (filter.parameters.length > 0 && Object.keys(parameters).length === 0) {
    throw invalidInput(
      `Filter '${name}' has no parameter`,
      `Without one Campaign would leave the filter out and return everybody. It takes: ${filter.parameters.join(', ')}.`,
    );
  }
  const missing = filter.parameters.filter((parameter) => parameter.endsWith(PARAMETER_SUFFIX) && !Object.hasOwn(parameters, parameter));
  if (missing.length > 0) {
    throw invalidInput(
      `Filter '${name}' lacks ${missing.map((parameter) => `'${parameter}'`).join(' and ')}`,
      `Campaign would leave out what has no value, and return more than was meant. The filter takes: ${filter.parameters.join(', ')}.`,
    );
  }
  return { name, parameters };
}

function nameOf({ name, parameters }: FilterDescription, given: string): string {
  const found = [given, `${given}${PARAMETER_SUFFIX}`].find((candidate) => parameters.includes(candidate));
  if (found !== undefined) return found;
  throw invalidInput(
    `Filter '${name}' has no parameter '${given}'`,
    parameters.length > 0 ? `It takes: ${parameters.join(', ')}.` : 'It takes none: remove the parameter.',
  );
}

function unknownFilter(catalogue: FilterCatalogue, api: ApiName, name: string): CampaignError {
  const plain = plainFilterName(name);
  const alike = [...catalogue.values()].find((filter) => plainFilterName(filter.name) === plain || plainFilterName(filter.label) === plain);
  if (alike) return invalidInput(`Campaign has no filter '${name}'`, `Did you mean '${alike.name}'?`);
  if (api === 'profileAndServices') {
    return invalidInput(
      `The standard API has no filter '${name}'`,
      "Campaign would take it for a key. Set 'API' under 'Options' to 'Extended' if it is a custom filter, or choose one from the list.",
    );
  }
  return invalidInput(
    `Campaign has no filter '${name}'`,
    catalogue.size > 0
      ? `Choose one from the list: ${[...catalogue.keys()].join(', ')}.`
      : 'It describes no filters at all: check its data model.',
  );
}

/** Campaign Standard puts `by` before the name of a custom filter, v8 does not. */
function plainFilterName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^by/, '');
}
