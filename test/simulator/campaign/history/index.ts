import { campaignDateTime } from '../../clock';
import { storeOf, type CampaignInstance } from '../instance';
import { defineEntity } from '../model/defineEntity';
import { link, moment, number, text, type Field } from '../model/field';
import { PROFILE_FIELDS } from '../profile/fields';
import { PROFILE_FILTERS } from '../profile/filters';
import type { StoredRecord, Values } from '../records/store';
import { EVENTS } from './seed';

const computed = { access: 'readOnly' } as const;

/** Adobe: Marketing history data model: the attributes of a profile and what is counted from its events. */
const HISTORY_FIELDS: readonly Field[] = [
  ...PROFILE_FIELDS.filter(({ type }) => type !== 'link' && type !== 'collection'),
  number('countBroadLogEvents', 'Messages', computed),
  number('countSubHistoEvents', 'Subscription events', computed),
  text('countryIsoA2', 'Country', 2, computed),
  link('collection', 'events', 'Events', 'event', { ...computed, inverse: 'profile' }),
  link('collection', 'kpisAndChart', 'Indicators and chart', 'kpisAndChart', computed),
  moment('datetime', 'minBroadLogEvents', 'First message', computed),
  moment('datetime', 'minSubHistoEvents', 'First subscription event', computed),
];

/** What happened to a profile. Adobe: Interacting with marketing history. */
const EVENT_FIELDS: readonly Field[] = [
  text('PKey', 'Primary key', 255, computed),
  text('category', 'Category', 64, computed),
  moment('datetime', 'date', 'Date', computed),
  text('href', 'URL', 255, computed),
  text('label', 'Label', 255, computed),
  text('metadata', 'Metadata', 64, { ...computed, defaultValue: 'broadLog' }),
  link('collection', 'mirrorPage', 'Mirror page', 'mirrorPage', computed),
  link('link', 'profile', 'Profile', 'profile', { ...computed, printed: false }),
  text('type', 'Type', 32, { ...computed, defaultValue: 'outbound' }),
];

/** How many events of a kind a profile has, and when the first one was. */
function summary(profile: StoredRecord, kind: string, instance: CampaignInstance): { count: number; first: string } {
  const events = storeOf(instance, 'event').findBy('profile', profile.id);
  const dates = events.filter(({ metadata }) => metadata === kind).map(({ date }) => String(date));
  const [first = ''] = dates.sort();
  return { count: dates.length, first };
}

/** Profiles seen as their marketing history, Campaign Standard only: the keys are those of the profiles. */
export const historyEntity = defineEntity({
  id: 22,
  name: 'history',
  table: 'profile',
  documentName: 'History',
  schema: 'nms:recipient',
  schemaLabel: 'Marketing history',
  help: 'Marketing history of profiles',
  dialects: ['acs'],
  methods: ['GET'],
  fields: HISTORY_FIELDS,
  filters: PROFILE_FILTERS,
  present: (rendered, profile, { instance }) => {
    const messages = summary(profile, 'broadLog', instance);
    const subscriptions = summary(profile, 'subHisto', instance);
    return {
      ...rendered,
      countBroadLogEvents: messages.count,
      countSubHistoEvents: subscriptions.count,
      events: { ...Object(rendered.events), metadata: 'subHisto' },
      minBroadLogEvents: messages.first,
      minSubHistoEvents: subscriptions.first,
    };
  },
});

export const eventEntity = defineEntity({
  id: 23,
  name: 'event',
  documentName: 'Event',
  schema: 'nms:historyEvent',
  schemaLabel: 'Events',
  help: 'Events of the marketing history',
  dialects: ['acs'],
  isTopLevel: false,
  methods: ['GET'],
  fields: EVENT_FIELDS,
  indexed: ['profile'],
  mint: (_id, now): Values => ({ date: campaignDateTime(now) }),
  touch: () => ({}),
  // Only a message can be looked at again.
  present: (rendered, { metadata }) => {
    const { mirrorPage, ...rest } = rendered;
    return metadata === 'broadLog' ? { ...rest, mirrorPage } : rest;
  },
  seed: EVENTS,
});
