import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { printTrail } from '../../nodes/shared/campaign/write/trail';
import type { Simulator } from '../simulator';

/** One operation as somebody may use it, so that a test can walk over all that there are. */
export interface Usage {
  readonly parameters: INodeParameters;
  readonly input?: readonly IDataObject[];
  /** Makes Campaign ready for it. */
  readonly prepare?: (simulator: Simulator) => void;
  /** Campaign Standard alone has it. */
  readonly acsOnly?: boolean;
  /** What it asks for is not there. */
  readonly isMissing?: boolean;
}

const AMY = 'amy.dakota@mail.com';
const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const fields = (value: INodeParameters): INodeParameters => ({
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});
const automatic = (column: string): INodeParameters => ({
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
});
const amy = { profile: by('email', AMY) };
const offers = { service: by('name', 'weekly_offers') };
const orders = { customResource: by('name', 'cusOrder') };
const order = { record: by('customKey', 'O-1001') };
const workflow = { workflowId: 'WKF42' };
const event = { eventId: 'EVTcart', email: AMY };
const inState =
  (state: 'started' | 'paused' | 'stopped') =>
  ({ workflows }: Simulator): void => {
    workflows.byName('WKF42').set(state);
  };

/** What a write with Include Changes has put out. */
const trail = (
  resource: string,
  known: { email?: string; key?: string },
  change: { field: string; before: unknown; after: unknown },
): IDataObject => {
  const api = resource === 'cusOrder' ? 'profileAndServicesExt' : 'profileAndServices';
  const mark = { organization: 'northwind', api, resource, done: 'updated', at: '2026-01-01T00:00:00.000Z', ...known } as const;
  return { changes: [change] as IDataObject[], trail: printTrail(mark, [change]) };
};

/** By `<node>.<resource>.<operation>`. */
export const EVERY_OPERATION: Readonly<Record<string, Usage>> = {
  'adobeCampaignProfile.profile.count': { parameters: {} },
  'adobeCampaignProfile.profile.create': { parameters: fields({ email: 'new@mail.com', firstName: 'New' }) },
  'adobeCampaignProfile.profile.upsert': { parameters: automatic('email'), input: [{ email: AMY, phone: '77' }] },
  'adobeCampaignProfile.profile.delete': { parameters: amy },
  'adobeCampaignProfile.profile.get': { parameters: amy },
  'adobeCampaignProfile.profile.getAll': { parameters: {} },
  'adobeCampaignProfile.profile.update': { parameters: { identifyBy: 'profile', ...amy, ...fields({ phone: '78' }) } },
  'adobeCampaignProfile.profile.undoChanges': {
    parameters: {},
    input: [trail('profile', { email: AMY }, { field: 'lastName', before: 'Former', after: 'Dakota' })],
  },
  'adobeCampaignProfile.subscription.getAll': { parameters: amy },
  'adobeCampaignProfile.subscription.subscribe': { parameters: { ...amy, ...offers } },
  'adobeCampaignProfile.subscription.unsubscribe': {
    parameters: { ...amy, ...offers },
    prepare: ({ profiles, services, subscriptions }) => {
      const [person] = profiles.byEmail(AMY);
      if (person) subscriptions.subscribe(person, services.byName('weekly_offers'));
    },
  },
  'adobeCampaignProfile.subscription.unsubscribeFromEverything': { parameters: amy },
  'adobeCampaign.customResource.count': { parameters: orders },
  'adobeCampaign.customResource.create': { parameters: { ...orders, ...fields({ orderNumber: 'O-9', lines: 1 }) } },
  'adobeCampaign.customResource.upsert': {
    parameters: { ...orders, ...automatic('orderNumber') },
    input: [{ orderNumber: 'O-10', lines: 2 }],
  },
  'adobeCampaign.customResource.delete': { parameters: { ...orders, ...order } },
  'adobeCampaign.customResource.get': { parameters: { ...orders, ...order } },
  'adobeCampaign.customResource.getAll': { parameters: orders },
  'adobeCampaign.customResource.update': { parameters: { ...orders, identifyBy: 'record', ...order, ...fields({ comment: 'soon' }) } },
  'adobeCampaign.customResource.undoChanges': {
    parameters: orders,
    input: [trail('cusOrder', { key: 'O-1001' }, { field: 'lines', before: 1, after: 2 })],
  },
  'adobeCampaign.legacy.assignUnit': { parameters: { ...amy, unit: by('name', 'iberia') }, acsOnly: true },
  'adobeCampaign.legacy.createPrivacyRequest': {
    parameters: { type: 'access', regulation: 'gdpr', namespaceName: 'defaultNamespace1', reconciliationValue: AMY },
    acsOnly: true,
  },
  'adobeCampaign.legacy.getDataFile': {
    parameters: { requestUrl: 'http://localhost/northwind/campaign/privacy/privacyTool/@none' },
    acsOnly: true,
    isMissing: true,
  },
  'adobeCampaign.legacy.getUnits': { parameters: {}, acsOnly: true },
  'adobeCampaign.legacy.getPrivacyRequests': { parameters: {}, acsOnly: true },
  'adobeCampaign.legacy.getHistory': { parameters: amy, acsOnly: true },
  'adobeCampaign.legacy.updateUnit': { parameters: { unit: by('name', 'nordics'), label: 'The North' }, acsOnly: true },
  'adobeCampaign.service.count': { parameters: {} },
  'adobeCampaign.service.create': { parameters: fields({ name: 'new_service', label: 'New' }) },
  'adobeCampaign.service.upsert': { parameters: automatic('name'), input: [{ name: 'weekly_offers', desc: 'Every week' }] },
  'adobeCampaign.service.delete': { parameters: { service: by('name', 'invite_friends') } },
  'adobeCampaign.service.get': { parameters: offers },
  'adobeCampaign.service.getAll': { parameters: {} },
  'adobeCampaign.service.update': { parameters: { identifyBy: 'service', ...offers, ...fields({ desc: 'x' }) } },
  'adobeCampaign.service.undoChanges': {
    parameters: {},
    input: [trail('service', { key: 'weekly_offers' }, { field: 'label', before: 'Offers', after: 'Weekly offers' })],
  },
  'adobeCampaign.transactionalEvent.getStatus': { parameters: { ...event, pKey: '@none' }, isMissing: true },
  'adobeCampaign.transactionalEvent.send': { parameters: event },
  'adobeCampaign.transactionalEvent.sendAndWaitForStatus': {
    parameters: { ...event, options: { pollInterval: 0.01 } },
    prepare: ({ assumptions }) => void Object.assign(assumptions, { pendingEventMs: 0, processingEventMs: 0 }),
  },
  'adobeCampaign.workflow.get': { parameters: workflow },
  'adobeCampaign.workflow.pause': { parameters: workflow, prepare: inState('started') },
  'adobeCampaign.workflow.resume': { parameters: workflow, prepare: inState('paused') },
  'adobeCampaign.workflow.start': { parameters: workflow, prepare: inState('stopped') },
  'adobeCampaign.workflow.stop': { parameters: workflow, prepare: inState('started') },
  'adobeCampaign.workflow.triggerSignal': { parameters: { ...workflow, activity: 'signal1' }, prepare: inState('started') },
};
