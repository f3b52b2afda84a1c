import type { RECORDS_CHOICES } from '../../test/simulator/assumptions/records';
import { neither, noProbe, notAnswerable, observed, type Asking, type Finding, type ProbesOf } from '../finding';
import { at, rowsOf, textAt } from '../json';
import { PROFILES, SERVICES } from '../subjects';
import { isDone, type Answer } from '../tenant';

const EXT = 'profileAndServicesExt';

const PRIVACY = noProbe('It would file a privacy request, which cannot be taken back.');

/** 200 or 201 of a creation. */
function createStatus({ status }: Answer): Finding<200 | 201> {
  return status === 200 || status === 201 ? observed(status) : neither(`answered ${status}`);
}

/** The first custom resource of the catalogue. */
async function customResource({ tenant }: Asking): Promise<string | undefined> {
  const { json } = await tenant.get(`${EXT}/`);
  return typeof json === 'object' && json !== null ? Object.keys(json).find((name) => /^cus\w+$/.test(name)) : undefined;
}

export const RECORDS_PROBES: ProbesOf<keyof typeof RECORDS_CHOICES> = {
  serviceCreateStatus: { stage: 'write', ask: async (subjects) => createStatus((await subjects.service()).created) },
  subscriptionCreateStatus: { stage: 'write', ask: async (subjects) => createStatus((await subjects.subscription()).answer) },
  deleteStatus: {
    stage: 'afterwards',
    ask: async (subjects) => {
      const { status } = await subjects.removeService();
      return status === 200 || status === 204 ? observed(status) : neither(`answered ${status}`);
    },
  },
  singleRecord: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const { json } = await tenant.get('profileAndServices/service/PKey?_lineCount=1');
      const key = rowsOf(json)?.[0];
      if (typeof key !== 'string') return notAnswerable('needs a service');
      const answer = await tenant.get(`${SERVICES}/${key}`, `${SERVICES}/<key>`);
      if (rowsOf(answer.json)?.length === 1) return observed('wrapped');
      return typeof at(answer.json, 'PKey') === 'string' ? observed('bare') : neither(`answered ${answer.status} without a record`);
    },
  },
  patchAnswerKey: {
    stage: 'write',
    ask: async (subjects) => {
      const answer = await subjects.patchProfile({ fax: '1' });
      const key = textAt(answer.json, 'PKey');
      if (key === undefined) return neither(`answered ${answer.status} without a key`);
      return observed(key === (await subjects.profile()).key ? 'same' : 'different');
    },
  },
  deletedRecordKey: {
    stage: 'afterwards',
    ask: async (subjects, { tenant }) => {
      const { key } = await subjects.service();
      if (!isDone(await subjects.removeService())) return notAnswerable('the service could not be removed');
      const answer = await tenant.get(`${SERVICES}/${key}`, `${SERVICES}/<deleted key>`);
      if (answer.text.includes('Unable to find document')) return observed('notFound');
      const isUndecryptable = answer.text.includes('Unable to decrypt PKey') || answer.text.includes('attribute unknown');
      return isUndecryptable ? observed('undecryptable') : neither(`answered ${answer.status}`);
    },
  },
  patchUnknownCustomKey: {
    stage: 'opening',
    ask: async (subjects, { tenant }) => {
      // Before the probe's own service, so that there is never more than one.
      const answer = await tenant.patch(SERVICES, { name: `n8n_probe_patch_${subjects.infix}`, label: subjects.label });
      const key = isDone(answer) ? subjects.adopt(SERVICES, answer) : null;
      if (key !== null) {
        await subjects.remove(SERVICES, key);
        return observed('creates');
      }
      return answer.status >= 400 ? observed('notFound') : neither(`answered ${answer.status} without a record`);
    },
  },
  customKeyChangeByPKey: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      const { key } = await subjects.service();
      const name = await subjects.storedServiceName();
      const answer = await tenant.patch(`${SERVICES}/${key}`, { name: `${name}_b` }, `${SERVICES}/<key>`);
      if (!isDone(answer)) return observed('refused');
      await tenant.patch(`${SERVICES}/${key}`, { name }, `${SERVICES}/<key>`);
      return observed('accepted');
    },
  },
  rawKeyInLinks: {
    stage: 'write',
    ask: async (subjects) => {
      await subjects.unsubscribe();
      const isTaken = isDone(await subjects.subscribe(await subjects.storedServiceName()));
      await subjects.unsubscribe();
      return observed(isTaken ? 'accepted' : 'refused');
    },
  },
  duplicateSubscription: {
    stage: 'write',
    ask: async (subjects) => {
      await subjects.subscription();
      const answer = await subjects.subscribe((await subjects.service()).key);
      if (!isDone(answer)) return observed('refused');
      return observed((await subjects.subscriptionCount()) > 1 ? 'createsAnother' : 'answersExisting');
    },
  },
  subscriptionAnswer: {
    stage: 'write',
    ask: async (subjects) => {
      const { answer } = await subjects.subscription();
      return observed(textAt(answer.json, 'service', 'name') === undefined ? 'documented' : 'complete');
    },
  },
  subscriptionOfAnotherParent: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      const key = textAt((await subjects.subscription()).answer.json, 'PKey');
      const { json } = await tenant.get(`${SERVICES}?_lineCount=2`);
      const other = (rowsOf(json) ?? []).find((row) => at(row, 'label') !== subjects.label);
      const href = textAt(other, 'subscriptions', 'href');
      if (key === undefined || href === undefined) return notAnswerable('needs another service');
      const answer = await tenant.get(`${href.replace(/\/$/, '')}/${key}`, `${SERVICES}/<other key>/subscriptions/<key>`);
      if (isDone(answer)) return observed('accepted');
      return answer.status === 404 ? observed('notFound') : neither(`answered ${answer.status}`);
    },
  },
  deleteOfSubscribed: {
    stage: 'removal',
    ask: async (subjects) => {
      await subjects.subscription();
      const { key } = await subjects.profile();
      const answer = await subjects.remove(PROFILES, key);
      if (isDone(answer)) {
        subjects.forgetSubscription();
        return observed('removesSubscriptions');
      }
      await subjects.unsubscribe();
      await subjects.remove(PROFILES, key);
      return observed('refused');
    },
  },
  customResourceByKey: noProbe('Metadata does not say which attribute is the key, and your custom resources hold your data.'),
  hrefBelowRecord: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const { json } = await tenant.get(`${EXT}/profile?_lineCount=5`);
      for (const profile of rowsOf(json) ?? []) {
        for (const [name, value] of Object.entries(Object(profile))) {
          const href = name.startsWith('cus') ? textAt(value, 'href') : undefined;
          if (href === undefined) continue;
          const rows = rowsOf((await tenant.get(`${href}?_lineCount=1`, `${EXT}/profile/<key>/<collection>/`)).json) ?? [];
          const first = textAt(rows[0], 'href');
          if (first !== undefined) return observed(first.includes('/profile/') ? 'nested' : 'topLevel');
        }
      }
      return notAnswerable('the first profiles have no records of a custom resource below them');
    },
  },
  acsKeyOfCustomResource: {
    stage: 'read',
    dialect: 'acs',
    ask: async (asking) => {
      const resource = await customResource(asking);
      if (resource === undefined) return notAnswerable('needs a custom resource');
      const answer = await asking.tenant.get(`${EXT}/${resource}/@n8nProbe`, `${EXT}/<custom resource>/@n8nProbe`);
      if (answer.text.includes('attribute unknown')) return observed('attributeUnknown');
      return answer.status >= 500 ? observed('generic') : neither(`answered ${answer.status}`);
    },
  },
  acsNoConstantStatus: {
    stage: 'write',
    dialect: 'acs',
    ask: async (_subjects, { tenant }) => {
      const answer = await tenant.patch(`${EXT}/cusN8nProbeNothing/`, '@n8nProbe');
      return answer.text.includes('is not a valid constant')
        ? observed(answer.status)
        : neither(`answered ${answer.status} in other words`);
    },
  },
  v8UnknownResourceStatus: {
    stage: 'read',
    dialect: 'v8',
    ask: async ({ tenant }) => {
      const { status } = await tenant.get('profileAndServices/n8nProbeNothing');
      return status >= 400 ? observed(status) : neither(`answered ${status}`);
    },
  },
  builtInInCatalogue: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.get(`${EXT}/`);
      if (textAt(answer.json, 'apiName') === undefined) return neither(`answered ${answer.status} without a catalogue`);
      return observed(at(answer.json, 'profile') === undefined ? 'omitted' : 'listed');
    },
  },
  customResourcesCatalogue: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.get('customResources/');
      return observed(isDone(answer) && textAt(answer.json, 'apiName') !== undefined ? 'listed' : 'absent');
    },
  },
  privacyNamespaceAttribute: PRIVACY,
  privacySeconds: PRIVACY,
};
