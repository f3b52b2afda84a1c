import { builtIn, type Condition, type Filter } from '../collection/filter';
import { atLeast, withNamelessParameter } from '../collection/customFilter';
import { refuse } from '../errors';
import type { CampaignInstance } from '../instance';
import type { EntityView } from '../model/entity';
import type { FieldValue } from '../model/field';
import { BIRTHDAY_FILTER } from './birthday';
import { LINK_FILTERS } from './linkFilters';

const TEXT_ATTRIBUTES: readonly string[] = ['email', 'firstName', 'lastName'];

function byEmail(query: URLSearchParams, _view: EntityView, instance: CampaignInstance): Condition {
  const email = query.get('email') ?? '';
  if (email === '') return { kind: 'absent' };
  if (instance.assumptions.byEmailMatch === 'exact') return { kind: 'lookup', attribute: 'email', value: email };
  return { kind: 'test', matches: (record) => String(record.email).toLowerCase() === email.toLowerCase() };
}

/** Adobe: Retrieving profiles, searching for profiles based on a field. */
function byText(query: URLSearchParams, view: EntityView, instance: CampaignInstance): Condition {
  const { attributes, text } = searchOf(query, view, instance);
  if (text === '') return { kind: 'absent' };
  const isMatch = instance.assumptions.byTextRule === 'prefix' ? startsWith : contains;
  return { kind: 'test', matches: (record) => attributes.some((attribute) => isMatch(record[attribute], text)) };
}

/** A custom field is searched with a parameter of its own name instead of `text`. */
function searchOf(query: URLSearchParams, view: EntityView, instance: CampaignInstance): { attributes: readonly string[]; text: string } {
  const filterType = query.get('filterType') ?? '';
  if (filterType === '') return { attributes: TEXT_ATTRIBUTES, text: query.get('text') ?? '' };
  if (TEXT_ATTRIBUTES.includes(filterType)) return { attributes: [filterType], text: query.get('text') ?? '' };
  const isFullName = filterType.startsWith('cus') && instance.assumptions.customFilterTypeName === 'either';
  const attribute = isFullName ? filterType : `cus${filterType}`;
  if (!view.byName.has(attribute)) return refuse({ kind: 'generic' });
  return { attributes: [attribute], text: query.get(attribute) ?? '' };
}

function startsWith(value: FieldValue | undefined, text: string): boolean {
  return String(value).startsWith(text);
}

function contains(value: FieldValue | undefined, text: string): boolean {
  return String(value).includes(text);
}

export const PROFILE_FILTERS: readonly Filter[] = [
  builtIn('byEmail', 'By email', ['email'], byEmail),
  builtIn('byKeysProfile', 'By keys', ['email'], byEmail),
  builtIn('byText', 'By name or email', ['text'], byText),
  ...LINK_FILTERS,
  BIRTHDAY_FILTER,
  // Made by this instance's administrators.
  atLeast('cusPoints', 'pointsFrom', 'Points from'),
  withNamelessParameter('crmid', 'With an ID of the CRM', ({ externalId }, given) => externalId === given),
];
