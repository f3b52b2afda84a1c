import { refuse, type ProblemSubject } from '../errors';
import type { CampaignInstance } from '../instance';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The value of a filter parameter that takes one of a few; "" if it is missing.
 * @throws CampaignProblem for another one, unless assumed otherwise
 */
export function enumeratedParameter(query: URLSearchParams, name: string, allowed: readonly string[], instance: CampaignInstance): string {
  const value = query.get(name) ?? '';
  const isKnown = value === '' || allowed.includes(value);
  return isKnown || instance.assumptions.unknownFilterValue === 'matchesNothing' ? value : refuse({ kind: 'generic' });
}

/** The value of a filter parameter that takes a date; "" if it is missing. @throws CampaignProblem for anything else */
export function dateParameter(query: URLSearchParams, name: string): string {
  const value = query.get(name) ?? '';
  if (value === '' || (DATE.test(value) && !Number.isNaN(Date.parse(value)))) return value;
  return refuse({ kind: 'wrongType', value, from: 'text', to: 'date' });
}

/** The value of a filter parameter that takes a whole number; null if it is missing. @throws CampaignProblem for anything else */
export function numberParameter(query: URLSearchParams, name: string): number | null {
  const value = query.get(name) ?? '';
  if (value === '') return null;
  return /^\d+$/.test(value) ? Number(value) : refuse({ kind: 'wrongType', value, from: 'text', to: 'integer (32 bit)' });
}

/**
 * The id behind a filter parameter that takes the PKey of another record: null if it is missing, 0 (which no record has)
 * for a key that stands for nothing where that is assumed to match nothing.
 * @throws CampaignProblem for a key of something else
 */
export function linkParameter(query: URLSearchParams, name: string, target: ProblemSubject, instance: CampaignInstance): number | null {
  const key = query.get(name) ?? '';
  if (key === '') return null;
  const opened = instance.keys.open(key);
  if (opened?.type === target.name) return opened.id;
  if (instance.assumptions.filterKeyOfNothing === 'matchesNothing') return 0;
  return key.startsWith('@')
    ? refuse({ kind: 'undecryptableKey', key, place: 'body', endpoint: '', subject: target })
    : refuse({ kind: 'unknownRawKey', key, place: 'body', subject: target });
}
