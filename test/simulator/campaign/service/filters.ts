import { equalTo, withNamelessParameter } from '../collection/customFilter';
import { builtIn, type Condition, type Filter } from '../collection/filter';
import { dateParameter, enumeratedParameter } from '../collection/parameters';
import type { CampaignInstance } from '../instance';
import type { EntityView } from '../model/entity';
import type { StoredRecord } from '../records/store';

function byChannel(query: URLSearchParams, _view: EntityView, instance: CampaignInstance): Condition {
  const channel = enumeratedParameter(query, 'channel', ['email', 'sms'], instance);
  return channel === '' ? { kind: 'absent' } : { kind: 'test', matches: ({ messageType }) => messageType === channel };
}

/** By name or label (Adobe: Service data model). */
function byText(query: URLSearchParams, _view: EntityView, instance: CampaignInstance): Condition {
  const text = query.get('text') ?? '';
  if (text === '') return { kind: 'absent' };
  const isPrefix = instance.assumptions.serviceByTextRule === 'prefix';
  const isMatch = (value: string): boolean => (isPrefix ? value.startsWith(text) : value.includes(text));
  return { kind: 'test', matches: ({ name, label }) => isMatch(String(name)) || isMatch(String(label)) };
}

function byPlanning(query: URLSearchParams, _view: EntityView, instance: CampaignInstance): Condition {
  const from = dateParameter(query, 'startDate');
  const to = dateParameter(query, 'endDate');
  if (from === '' && to === '') return { kind: 'absent' };
  const isMatch = instance.assumptions.byPlanningRule === 'startsWithin' ? startsWithin : overlaps;
  return { kind: 'test', matches: (service) => isMatch(service, from, to) };
}

function startsWithin(service: StoredRecord, from: string, to: string): boolean {
  const start = String(service.start);
  return start !== '' && start >= from && (to === '' || start <= to);
}

/** A service without end date runs on. */
function overlaps(service: StoredRecord, from: string, to: string): boolean {
  const end = String(service.end);
  return (to === '' || String(service.start) <= to) && (end === '' || end >= from);
}

function byTargetResource(query: URLSearchParams): Condition {
  const resource = query.get('targetResource') ?? '';
  return resource === '' ? { kind: 'absent' } : { kind: 'test', matches: ({ targetResource }) => targetResource === resource };
}

/** Adobe: Service data model. */
export const SERVICE_FILTERS: readonly Filter[] = [
  builtIn('byChannel', 'By channel', ['channel'], byChannel),
  builtIn('byPlanning', 'By planning', ['startDate', 'endDate'], byPlanning),
  builtIn('byTargetResource', 'By target resource', ['targetResource'], byTargetResource),
  builtIn('byText', 'By name or label', ['text'], byText),
  // Made by this instance's administrators.
  equalTo('cusTopic', 'onTopic', 'On a topic'),
  withNamelessParameter('visibility', 'Visible on the web', ({ publicLabel }, given) => (publicLabel !== '') === (given === 'true')),
];
