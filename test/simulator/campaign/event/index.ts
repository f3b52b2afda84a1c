import { json, type Answer } from '../../answers';
import { campaignDateTime } from '../../clock';
import { refuse, type ProblemSubject } from '../errors';
import type { CampaignInstance } from '../instance';
import { endpointOf, type ApiCall, type OtherApi } from '../otherApi';
import { isJsonObject, parseBody, type JsonObject } from '../records/write';
import { moment, type EventType, type StoredEvent } from './table';

const SUBJECT: ProblemSubject = { name: 'event', documentName: 'Event', schemaLabel: 'Events', schema: 'nms:rtEvent' };
const PROPERTIES: ReadonlySet<string> = new Set([
  'email',
  'mobilePhone',
  'wishedChannel',
  'scheduled',
  'expiration',
  'ctx',
  'registrationToken',
  'application',
  'pushPlatform',
]);

/** `mc<base tenant>/<EVTid>`: send an event, and ask what became of it. Adobe: Managing transactional messages. */
export const eventApi: OtherApi = {
  // The suffix is the base tenant, on stage instances too; seen in the field.
  isNamed: (segment, { organization }) => segment === `mc${baseTenant(organization)}`,
  answer(call, instance) {
    const [name = '', key, ...rest] = call.segments;
    const type = instance.events.type(name);
    if (type === undefined || rest.length > 0) return unknownEvent(call, instance);
    if (key === undefined && call.method === 'POST') return receive(call, type, instance);
    if (key !== undefined && call.method === 'GET') return json(200, render(locate(key, call, type, instance), null, instance));
    return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  },
};

/** The organization without the suffix of stage instances. */
export function baseTenant(organization: string): string {
  return organization.replace(/-mkt-stage\d*$/, '');
}

function receive(call: ApiCall, type: EventType, instance: CampaignInstance): Answer {
  const body = parseBody(call.body);
  const stranger = Object.keys(body).find((name) => !PROPERTIES.has(name));
  if (stranger !== undefined) return refuse({ kind: 'propertyNotValid', property: stranger, subject: SUBJECT });
  const { ctx = {} } = body;
  if (!isJsonObject(ctx)) return refuse({ kind: 'generic' });
  const undeclared = Object.keys(ctx).find((name) => !type.context.includes(name));
  if (undeclared !== undefined && instance.assumptions.undeclaredContext === 'refused') {
    return refuse({ kind: 'propertyNotValid', property: undeclared, subject: SUBJECT });
  }
  const [email, mobilePhone] = [textOf(body, 'email'), textOf(body, 'mobilePhone')];
  const channel = channelOf(email, mobilePhone, textOf(body, 'wishedChannel'), instance);
  const isReconciled = type.reconciliation !== null && (instance.dialect === 'acs' || instance.assumptions.v8ProfileEvents === 'available');
  const isAddressed = channel !== '' || textOf(body, 'registrationToken') !== '' || isReconciled;
  if (!isAddressed) return refuse({ kind: 'generic' });

  const expiration = dateOf(body, 'expiration');
  const scheduled = dateOf(body, 'scheduled');
  const expires = moment(expiration);
  if (expires !== undefined && expires <= instance.clock.milliseconds() && instance.assumptions.expiredEvent === 'refused')
    return refuse({ kind: 'generic' });
  const event = instance.events.receive({ type, email, mobilePhone, channel, scheduled, expiration, ctx });
  instance.writes.note(call.method, type.name, event.id, call.body);
  return json(instance.assumptions.eventCreateStatus, render(event, body, instance));
}

/** @param sent the body of the request that is answered; null for a status call */
function render(event: StoredEvent, sent: JsonObject | null, instance: CampaignInstance): object {
  const { organization, keys, dialect, events } = instance;
  const key = keys.mint('event', event.id, sent === null ? 'link' : 'record');
  // ACS blanks the values; v8 gives them back as they came.
  const ctx = dialect === 'acs' ? Object.fromEntries(Object.keys(event.ctx).map((name) => [name, ''])) : event.ctx;
  return {
    PKey: key,
    ctx,
    email: dialect === 'acs' ? '' : event.email,
    ...(event.mobilePhone === '' ? {} : { mobilePhone: dialect === 'acs' ? '' : event.mobilePhone }),
    scheduled: event.scheduled,
    expiration: event.expiration,
    // Relative here, unlike everywhere else.
    href: `mc${baseTenant(organization)}/${event.type.name}/${key}`,
    serverUrl: `https://rt.${baseTenant(organization)}.example`,
    status: events.statusOf(event),
    type: '',
  };
}

function channelOf(email: string, mobilePhone: string, wished: string, { assumptions }: CampaignInstance): StoredEvent['channel'] {
  const { email: emailWord, sms: smsWord } = assumptions.wishedChannels;
  if (wished !== '' && wished !== emailWord && wished !== smsWord) refuse({ kind: 'generic' });
  if (mobilePhone !== '' && (email === '' || wished === smsWord)) return 'sms';
  return email === '' ? '' : 'email';
}

function locate(key: string, call: ApiCall, type: EventType, instance: CampaignInstance): StoredEvent {
  const target = instance.keys.open(key);
  const event = target?.type === 'event' ? instance.events.get(target.id) : undefined;
  return event?.type.name === type.name
    ? event
    : refuse({ kind: 'undecryptableKey', key, place: 'uri', endpoint: endpointOf(call), subject: SUBJECT });
}

function unknownEvent(call: ApiCall, { assumptions }: CampaignInstance): Answer {
  return refuse({ kind: assumptions.unknownEvent === 'notFound' ? 'unknownResource' : 'generic', endpoint: endpointOf(call) });
}

function textOf(body: JsonObject, name: string): string {
  const value = body[name] ?? '';
  return typeof value === 'string' ? value : refuse({ kind: 'wrongType', value: String(value), from: typeof value, to: 'text' });
}

/** ISO-like, `T` or a space between day and time; printed in Campaign's form. */
function dateOf(body: JsonObject, name: string): string {
  const text = textOf(body, name);
  if (text === '') return '';
  const milliseconds = moment(text) ?? NaN;
  return Number.isNaN(milliseconds)
    ? refuse({ kind: 'wrongType', value: text, from: 'text', to: 'date and time' })
    : campaignDateTime(new Date(milliseconds));
}
