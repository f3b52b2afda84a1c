import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../simulator';
import { campaignStep, profileStep, triggerStep } from '../support/workflows';

/** Profiles of a simulator here: more than a page, more than the threshold of big tables. */
export const PROFILES = 60;
export const BIG_TABLE = 5;

const AMY = 'amy.dakota@mail.com';
const KRISTEN = 'kristen.smith+news@mail.com';
const NEW = 'new.comer@mail.com';
const QUICK = { pollInterval: 0.01, deadline: 60 };

/** What came out of the operations before, by their names. */
export type Outputs = ReadonlyMap<string, readonly IDataObject[]>;

/** An operation as somebody uses it, and how it is seen that it ended rightly. */
export interface Operation {
  readonly name: string;
  readonly step: (simulator: Simulator, earlier: Outputs) => INode;
  /** Items that come in; default: one without data. */
  readonly input?: readonly IDataObject[];
  /** The same step once more: what is said twice is to be done once. */
  readonly twice?: boolean;
  /** What came out and what Campaign holds now; true: just what was asked for. */
  readonly isRight: (output: readonly IDataObject[], simulator: Simulator) => boolean;
  /** Campaign Standard alone has it. */
  readonly acsOnly?: boolean;
}

const by = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const fields = (value: INodeParameters): INodeParameters => ({
  fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});
const automatic = (column: string): INodeParameters => ({
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] },
});
const profile =
  (operation: string, more: INodeParameters = {}) =>
  (): INode =>
    profileStep('Step', { operation, ...more });
const subscription =
  (operation: string, more: INodeParameters = {}) =>
  (): INode =>
    profileStep('Step', { resource: 'subscription', operation, ...more });
const step =
  (resource: string, operation: string, more: INodeParameters = {}) =>
  (): INode =>
    campaignStep(resource)('Step', { operation, ...more });

const amy = ({ profiles }: Simulator) => profiles.find(({ cusLoyaltyId }) => cusLoyaltyId === 'L-000001');
const newcomers = ({ profiles }: Simulator) => profiles.all().filter(({ email }) => String(email).toLowerCase() === NEW);
const order = ({ resources }: Simulator, number: string) => resources.get('cusOrder').find(({ orderNumber }) => orderNumber === number);
const offers = ({ services }: Simulator) => services.byName('weekly_offers');
const isSubscribed = (simulator: Simulator): boolean => {
  const person = amy(simulator);
  return person !== undefined && simulator.subscriptions.servicesOf(person).filter(({ name }) => name === 'weekly_offers').length === 1;
};

/** In this order: later ones rest on what earlier ones have left. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'Profile Count', step: profile('count'), isRight: ([counted], { profiles }) => counted?.count === profiles.size },
  { name: 'Profile Get', step: profile('get', { profile: by('email', AMY) }), isRight: ([found]) => found?.lastName === 'Dakota' },
  {
    name: 'Profile Get by PKey',
    step: (simulator) => profile('get', { profile: by('pKey', keyOfAmy(simulator)) })(),
    isRight: ([found]) => found?.email === AMY,
  },
  {
    name: 'Profile Get by custom key',
    step: profile('get', { api: 'profileAndServicesExt', profile: by('customKey', 'L-000001') }),
    isRight: ([found]) => found?.email === AMY && found.cusPoints === 1200,
  },
  {
    name: 'Profile Get Many',
    step: profile('getAll', { returnAll: true, output: 'raw' }),
    isRight: (all, { profiles }) => all.length === profiles.size && new Set(all.map(({ cryptedId }) => cryptedId)).size === profiles.size,
  },
  {
    name: 'Profile Get Many, sorted, in small pages',
    step: profile('getAll', { returnAll: true, sort: { by: { field: 'lastName', direction: 'descending' } }, options: { pageSize: 7 } }),
    isRight: (all, { profiles }) => {
      const expected = profiles.all().map(({ lastName }) => String(lastName));
      return JSON.stringify(all.map(({ lastName }) => String(lastName))) === JSON.stringify([...expected].sort().reverse());
    },
  },
  {
    name: 'Profile Create',
    step: profile('create', fields({ email: NEW, firstName: 'New', lastName: 'Comer', phone: '33 01 02' })),
    isRight: ([created], simulator) => String(created?.email).toLowerCase() === NEW && newcomers(simulator).length === 1,
  },
  {
    name: 'Profile Update',
    step: profile('update', { identifyBy: 'profile', profile: by('email', AMY), ...fields({ fax: '47111213', middleName: 'Lou' }) }),
    isRight: (_output, simulator) => amy(simulator)?.fax === '47111213' && amy(simulator)?.middleName === 'Lou',
  },
  {
    name: 'Profile Update, verified',
    step: profile('update', {
      identifyBy: 'profile',
      profile: by('email', AMY),
      ...fields({ fax: '47111214' }),
      options: { verify: true, sendOnlyChangedFields: true },
    }),
    isRight: (_output, simulator) => amy(simulator)?.fax === '47111214',
  },
  {
    name: 'Profile Create or Update, known and unknown',
    step: profile('upsert', automatic('email')),
    input: [
      { email: NEW, fax: '5' },
      { email: KRISTEN, fax: '6' },
      { email: 'third@mail.com', fax: '7' },
    ],
    twice: true,
    isRight: (output, simulator) =>
      output.length === 3 &&
      newcomers(simulator).length === 1 &&
      newcomers(simulator)[0]?.fax === '5' &&
      simulator.profiles.byEmail(KRISTEN).every(({ fax }) => fax === '6') &&
      simulator.profiles.byEmail('third@mail.com').length === 1,
  },
  {
    name: 'Profile Create or Update by custom key',
    step: profile('upsert', { api: 'profileAndServicesExt', ...automatic('cusLoyaltyId') }),
    input: [
      { cusLoyaltyId: 'L-000001', cusPoints: 1300 },
      { cusLoyaltyId: 'L-new', cusPoints: 5 },
    ],
    twice: true,
    isRight: (output, simulator) =>
      output.length === 2 &&
      amy(simulator)?.cusPoints === 1300 &&
      simulator.profiles.all().filter(({ cusLoyaltyId }) => cusLoyaltyId === 'L-new').length === 1,
  },
  {
    name: 'Subscription Subscribe',
    step: subscription('subscribe', { profile: by('email', AMY), service: by('name', 'weekly_offers') }),
    twice: true,
    isRight: ([subscribed], simulator) => subscribed?.serviceName === 'weekly_offers' && isSubscribed(simulator),
  },
  {
    name: 'Subscription Get Many',
    step: subscription('getAll', { profile: by('email', AMY), returnAll: true }),
    isRight: (all) => all.length === 1 && all[0]?.serviceName === 'weekly_offers',
  },
  {
    name: 'Subscription Unsubscribe',
    step: subscription('unsubscribe', { profile: by('email', AMY), service: by('name', 'weekly_offers') }),
    twice: true,
    isRight: (_output, simulator) => !isSubscribed(simulator) && offers(simulator).label === 'Weekly offers',
  },
  {
    name: 'Subscription Unsubscribe From Everything',
    step: (simulator) => {
      const leaver =
        simulator.profiles.byEmail('leaver@mail.com')[0] ?? simulator.profiles.add({ email: 'leaver@mail.com', lastName: 'Leaver' });
      simulator.subscriptions.subscribe(leaver, offers(simulator));
      return subscription('unsubscribeFromEverything', { profile: by('email', 'leaver@mail.com') })();
    },
    isRight: (_output, { profiles, subscriptions }) => {
      const [leaver] = profiles.byEmail('leaver@mail.com');
      return leaver?.blackList === true && leaver.blackListEmail === true && subscriptions.servicesOf(leaver).length === 0;
    },
  },
  {
    name: 'Profile Delete',
    step: profile('delete', { profile: by('email', 'third@mail.com') }),
    isRight: ([deleted], { profiles }) => deleted?.deleted === true && profiles.byEmail('third@mail.com').length === 0,
  },
  {
    name: 'Profile Create, a number with letters',
    step: profile('create', fields({ email: 'letters@mail.com', phone: '12 ext' })),
    isRight: ([created], { profiles }) => created?.phone === profiles.byEmail('letters@mail.com')[0]?.phone,
  },
  {
    name: 'Profile Create, an email that is there',
    step: profile('create', fields({ email: 'letters@mail.com', firstName: 'Twin' })),
    isRight: (_output, { profiles }) => profiles.byEmail('letters@mail.com').filter(({ firstName }) => firstName === 'Twin').length === 1,
  },
  {
    name: 'Profile Get Many, by text',
    step: profile('getAll', { returnAll: true, filters: { text: [{ text: 'Dakota' }] } }),
    isRight: (all) => all.some(({ lastName }) => lastName === 'Dakota'),
  },
  {
    name: 'Profile Delete, a subscribed one',
    step: (simulator) => {
      const doomed = simulator.profiles.add({ email: 'doomed@mail.com' });
      simulator.subscriptions.subscribe(doomed, offers(simulator));
      return profile('delete', { profile: by('email', 'doomed@mail.com') })();
    },
    isRight: (_output, { profiles, subscriptions }) => profiles.byEmail('doomed@mail.com').length === 0 && subscriptions.size === 0,
  },
  { name: 'Service Count', step: step('service', 'count'), isRight: ([counted]) => Number(counted?.count) >= 6 },
  {
    name: 'Service Get',
    step: step('service', 'get', { service: by('name', 'weekly_offers') }),
    isRight: ([found]) => found?.label === 'Weekly offers',
  },
  {
    name: 'Service Get Many',
    step: step('service', 'getAll', { returnAll: true }),
    isRight: (all) => ['weekly_offers', 'sms_alerts', 'invite_friends'].every((name) => all.some((service) => service.name === name)),
  },
  {
    name: 'Service Create',
    step: step('service', 'create', fields({ name: 'new_service', label: 'New' })),
    isRight: ([created], { services }) => created?.name === 'new_service' && services.size === 8,
  },
  {
    name: 'Service Create or Update',
    step: step('service', 'upsert', automatic('name')),
    input: [
      { name: 'weekly_offers', desc: 'Every week' },
      { name: 'other_service', label: 'Other' },
    ],
    twice: true,
    isRight: (output, { services }) => output.length === 2 && services.byName('weekly_offers').desc === 'Every week' && services.size === 9,
  },
  {
    name: 'Service Update',
    step: step('service', 'update', {
      identifyBy: 'service',
      service: by('name', 'other_service'),
      ...fields({ desc: 'x' }),
    }),
    isRight: (_output, { services }) => services.byName('other_service').desc === 'x',
  },
  {
    name: 'Service Delete',
    step: step('service', 'delete', { service: by('name', 'other_service') }),
    isRight: (_output, { services }) => services.size === 8,
  },
  {
    name: 'Custom Resource Count',
    step: step('customResource', 'count', { customResource: by('name', 'cusOrder') }),
    isRight: ([counted]) => counted?.count === 5,
  },
  {
    name: 'Custom Resource Get',
    step: (simulator) => {
      const table = simulator.resources.get('cusOrder');
      const first = table.get(1);
      return step('customResource', 'get', {
        customResource: by('name', 'cusOrder'),
        record: by('pKey', first === undefined ? '' : table.keyOf(first)),
      })();
    },
    isRight: ([found]) => found?.orderNumber === 'O-1001',
  },
  {
    name: 'Custom Resource Get by custom key',
    step: step('customResource', 'get', { customResource: by('name', 'cusOrder'), record: by('customKey', 'O-1001') }),
    isRight: ([found]) => found?.orderNumber === 'O-1001',
  },
  {
    name: 'Custom Resource Get Many',
    step: step('customResource', 'getAll', { customResource: by('name', 'cusPromotion'), returnAll: true }),
    isRight: (all) => all.length === 3 && all[0]?.promo_code === 'W-10',
  },
  {
    name: 'Custom Resource Create',
    step: step('customResource', 'create', { customResource: by('name', 'cusOrder'), ...fields({ orderNumber: 'O-new', lines: 1 }) }),
    isRight: ([created], simulator) => created?.orderNumber === 'O-new' && order(simulator, 'O-new') !== undefined,
  },
  {
    name: 'Custom Resource Create or Update',
    step: step('customResource', 'upsert', { customResource: by('name', 'cusOrder'), ...automatic('orderNumber') }),
    input: [{ orderNumber: 'O-1002', comment: 'x' }],
    twice: true,
    isRight: (_output, simulator) => order(simulator, 'O-1002')?.comment === 'x' && simulator.resources.get('cusOrder').size === 6,
  },
  {
    name: 'Custom Resource Update',
    step: step('customResource', 'update', {
      customResource: by('name', 'cusOrder'),
      identifyBy: 'record',
      record: by('customKey', 'O-1003'),
      ...fields({ comment: 'y' }),
    }),
    isRight: (_output, simulator) => order(simulator, 'O-1003')?.comment === 'y',
  },
  {
    name: 'Custom Resource Delete',
    step: step('customResource', 'delete', { customResource: by('name', 'cusOrder'), record: by('customKey', 'O-new') }),
    isRight: ([deleted], simulator) =>
      deleted?.deleted === true && order(simulator, 'O-new') === undefined && simulator.resources.get('cusOrder').size === 5,
  },
  {
    name: 'Workflow Get',
    step: step('workflow', 'get', { workflowId: 'WKF42' }),
    isRight: ([found]) => found?.state === 'started',
  },
  {
    name: 'Workflow Pause',
    step: step('workflow', 'pause', { workflowId: 'WKF42', options: { waitUntilReached: true, ...QUICK } }),
    isRight: (_output, { workflows }) => workflows.byName('WKF42').state === 'paused',
  },
  {
    name: 'Workflow Resume',
    step: step('workflow', 'resume', { workflowId: 'WKF42', options: { waitUntilReached: true, ...QUICK } }),
    isRight: (_output, { workflows }) => workflows.byName('WKF42').state === 'started',
  },
  {
    name: 'Workflow Trigger Signal',
    step: step('workflow', 'triggerSignal', { workflowId: 'WKF42', activity: 'signal1' }),
    isRight: ([sent], { workflows }) => sent?.triggered === true && workflows.byName('WKF42').signalsOf('signal1').length === 1,
  },
  {
    name: 'Workflow Stop',
    step: step('workflow', 'stop', { workflowId: 'WKF42', options: { waitUntilReached: true, ...QUICK } }),
    isRight: (_output, { workflows }) => workflows.byName('WKF42').state === 'stopped',
  },
  {
    name: 'Workflow Start',
    step: step('workflow', 'start', { workflowId: 'WKF42', options: { waitUntilReached: true, ...QUICK } }),
    isRight: (_output, { workflows }) => workflows.byName('WKF42').state === 'started',
  },
  {
    name: 'Transactional Event Send',
    step: step('transactionalEvent', 'send', { eventId: 'EVTcart', email: NEW }),
    isRight: ([sent], { events }) => sent?.eventId === 'EVTcart' && events.all().length === 1,
  },
  {
    name: 'Transactional Event Send and Wait',
    step: step('transactionalEvent', 'sendAndWaitForStatus', { eventId: 'EVTcart', email: NEW, options: QUICK }),
    isRight: ([sent], { events }) => sent?.status === 'processed' && events.all().length === 2,
  },
  {
    name: 'Transactional Event Get Status',
    step: (_simulator, earlier) => {
      const [sent] = earlier.get('Transactional Event Send') ?? [];
      return step('transactionalEvent', 'getStatus', { eventId: 'EVTcart', pKey: String(sent?.PKey) })();
    },
    isRight: ([found]) => found?.eventId === 'EVTcart' && found.status === 'processed',
  },
  {
    name: 'Legacy Get Many Organizational Units',
    step: step('legacy', 'getUnits', { returnAll: true }),
    isRight: (all) => all.length === 3,
    acsOnly: true,
  },
  {
    name: 'Legacy Update Organizational Unit',
    step: step('legacy', 'updateUnit', { unit: by('name', 'nordics'), label: 'The North' }),
    isRight: (_output, { resources }) => resources.get('orgUnitBase').get(2)?.label === 'The North',
    acsOnly: true,
  },
  {
    name: 'Legacy Assign Organizational Unit',
    step: step('legacy', 'assignUnit', { profile: by('email', AMY), unit: by('name', 'iberia') }),
    isRight: (_output, simulator) => amy(simulator)?.orgUnit === 3,
    acsOnly: true,
  },
  {
    name: 'Legacy Get Marketing History',
    step: step('legacy', 'getHistory', { profile: by('email', AMY), returnAll: true }),
    isRight: (all) => all.length === 3,
    acsOnly: true,
  },
  {
    name: 'Legacy Create Privacy Request',
    step: step('legacy', 'createPrivacyRequest', {
      type: 'access',
      regulation: 'gdpr',
      namespaceName: 'defaultNamespace1',
      reconciliationValue: AMY,
      name: 'PT900',
    }),
    isRight: ([made]) => made?.name === 'PT900',
    acsOnly: true,
  },
  {
    name: 'Legacy Get Many Privacy Requests',
    step: step('legacy', 'getPrivacyRequests', { returnAll: true }),
    isRight: (all, { resources }) => all.length === resources.get('privacyTool').size,
    acsOnly: true,
  },
  {
    name: 'Legacy Get Privacy Data File',
    step: (simulator) => {
      simulator.clock.advance(simulator.assumptions.privacySeconds * 1000);
      const requests = simulator.resources.get('privacyTool');
      const made = requests.find(({ name }) => name === 'PT900');
      const key = made === undefined ? '' : requests.keyOf(made);
      return step('legacy', 'getDataFile', { requestUrl: `${simulator.url}/northwind/campaign/privacy/privacyTool/${key}` })();
    },
    isRight: ([file]) => file?.status === 'complete' && String(file.data).includes(AMY),
    acsOnly: true,
  },
];

/** The trigger, polled with what it remembers. */
export const TRIGGER = triggerStep({ event: 'createdOrUpdated' });

function keyOfAmy(simulator: Simulator): string {
  const person = amy(simulator);
  return person === undefined ? '' : simulator.profiles.keyOf(person);
}
