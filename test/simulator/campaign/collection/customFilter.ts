import { refuse } from '../errors';
import type { StoredRecord } from '../records/store';
import type { Condition, Filter } from './filter';

/**
 * A filter made by this instance's administrators, with one parameter. Adobe: Recommendations & limitations: v8 calls it
 * as it is named, ACS puts `by` before the name.
 */
function custom(name: string, label: string, condition: (given: string) => Condition, parameter = `${name}_parameter`): Filter {
  return {
    names: { v8: name, acs: `by${name.charAt(0).toUpperCase()}${name.slice(1)}` },
    label,
    category: '99_none',
    availability: 'ext',
    parameters: [parameter],
    isVolatile: false,
    formType: 'none',
    condition: (query) => {
      const given = query.get(parameter) ?? '';
      return given === '' ? { kind: 'absent' } : condition(given);
    },
  };
}

/** A custom filter: the records whose number attribute is at least the one given. */
export function atLeast(attribute: string, name: string, label: string): Filter {
  return custom(name, label, (given) => {
    const least = Number(given);
    if (Number.isNaN(least)) return refuse({ kind: 'wrongType', value: given, from: 'text', to: 'integer (32 bit)' });
    return {
      kind: 'test',
      matches: (record) => {
        const value = record[attribute];
        return typeof value === 'number' && value >= least;
      },
    };
  });
}

/** A custom filter: the records whose attribute has just the value given. */
export function equalTo(attribute: string, name: string, label: string): Filter {
  return custom(name, label, (given) => ({ kind: 'test', matches: (record) => String(record[attribute]) === given }));
}

/**
 * A custom filter whose one element has no name: its parameter is `_parameter`, as in `service/byVisibility?_parameter=true`. Seen in
 * two clients.
 */
export function withNamelessParameter(name: string, label: string, matches: (record: StoredRecord, given: string) => boolean): Filter {
  return custom(name, label, (given) => ({ kind: 'test', matches: (record) => matches(record, given) }), '_parameter');
}

/**
 * The filter that a key of several attributes makes: a parameter for each, all of them needed. Adobe: Calling a resource using a
 * composite identification key.
 * @param parameters the attributes of the key by the name of their parameter
 */
export function byCompositeKey(name: string, label: string, parameters: Readonly<Record<string, string>>): Filter {
  const pairs = Object.entries(parameters);
  return {
    ...custom(name, label, () => ({ kind: 'absent' })),
    names: { v8: name, acs: `by${name}` },
    parameters: Object.keys(parameters),
    condition: (query) => {
      const given = pairs.map(([parameter, attribute]) => [attribute, query.get(parameter) ?? ''] as const);
      if (given.some(([, value]) => value === '')) return { kind: 'absent' };
      return { kind: 'test', matches: (record) => given.every(([attribute, value]) => String(record[attribute]) === value) };
    },
  };
}
