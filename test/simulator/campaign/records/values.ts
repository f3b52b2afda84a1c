import type { Assumptions } from '../../assumptions';
import type { CampaignInstance } from '../instance';
import { policyOf } from '../model/entity';
import { INVALID_VALUE } from '../model/enumerations';
import type { Scalar, ScalarField } from '../model/field';
import { refuse, type ProblemSubject } from '../errors';
import { underPolicy } from './policies';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:?\d{2})$/;

/** Names of the storage types in Campaign's conversion messages. */
const STORAGE: Readonly<Record<ScalarField['type'], string>> = {
  string: 'string',
  number: 'integer (32 bit)',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date + time',
  enumeration: 'integer (8 bit)',
};

/** What decides how values are stored. */
export type ValueRules = Pick<CampaignInstance, 'settings' | 'assumptions'>;

/**
 * What is stored when a client sends `value` for the attribute.
 * @throws CampaignProblem for a value that the attribute does not take
 */
export function storedValue(field: ScalarField, value: unknown, subject: ProblemSubject, rules: ValueRules): Scalar {
  const { assumptions } = rules;
  if (value === null && assumptions.nullValues === 'clear') return field.defaultValue;
  switch (field.type) {
    case 'string':
      return storedText(field, value, rules);
    case 'number':
      return storedNumber(field, value, assumptions);
    case 'boolean':
      return storedBoolean(field, value, assumptions);
    case 'date':
    case 'datetime':
      return storedMoment(field, value);
    case 'enumeration':
      return storedName(field, value, subject);
  }
}

function storedText(field: ScalarField & { type: 'string' }, value: unknown, rules: ValueRules): string {
  const { coercion, tooLongText } = rules.assumptions;
  const isConvertible = typeof value === 'number' || typeof value === 'boolean';
  const given = coercion === 'lenient' && isConvertible ? String(value) : value;
  if (typeof given !== 'string') return wrongType(field, value);
  const text = underPolicy(given, policyOf(field, rules), rules.assumptions);
  if (text.length <= field.length || tooLongText === 'whole') return text;
  return tooLongText === 'truncated' ? text.slice(0, field.length) : refuse({ kind: 'generic' });
}

function storedNumber(field: ScalarField, value: unknown, assumptions: Assumptions): number {
  if (typeof value === 'number') return value;
  const isNumeric = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return assumptions.coercion === 'lenient' && isNumeric ? Number(value) : wrongType(field, value);
}

function storedBoolean(field: ScalarField, value: unknown, assumptions: Assumptions): boolean {
  if (typeof value === 'boolean') return value;
  const isBoolean = value === 'true' || value === 'false';
  return assumptions.coercion === 'lenient' && isBoolean ? value === 'true' : wrongType(field, value);
}

function storedMoment(field: ScalarField & { type: 'date' | 'datetime' | 'number' | 'boolean' }, value: unknown): string {
  if (typeof value !== 'string') return wrongType(field, value);
  if (value === '') return '';
  const isDate = field.type === 'date';
  const parsed = new Date(value.replace(' ', 'T'));
  if (!(isDate ? DATE : DATE_TIME).test(value) || Number.isNaN(parsed.getTime())) return wrongType(field, value);
  const iso = parsed.toISOString();
  // Date.parse takes 2025-02-30 for the second of March.
  if (isDate) return iso.startsWith(value) ? value : wrongType(field, value);
  return iso.replace('T', ' ');
}

function storedName(field: ScalarField & { type: 'enumeration' }, value: unknown, subject: ProblemSubject): string {
  const known = value !== INVALID_VALUE && field.values.find(({ name }) => name === value);
  return known
    ? known.name
    : refuse({ kind: 'invalidEnumeration', value: value === undefined ? '' : String(value), attribute: field.apiName, subject });
}

function wrongType(field: ScalarField, value: unknown): never {
  const from = typeof value === 'string' ? 'text' : typeof value;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return refuse({ kind: 'wrongType', value: shown, from, to: STORAGE[field.type] });
}
