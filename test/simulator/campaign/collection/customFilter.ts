import { refuse } from '../errors';
import type { Condition, Filter } from './filter';

/**
 * A filter made by this instance's administrators, with one parameter. Adobe: Recommendations & limitations: v8 calls it
 * as it is named, ACS puts `by` before the name.
 */
function custom(name: string, label: string, condition: (given: string) => Condition): Filter {
  const parameter = `${name}_parameter`;
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
