import { PROFILE_FIELDS } from '../../test/simulator/campaign/profile/fields';
import type { WRITES_CHOICES } from '../../test/simulator/assumptions/writes';
import { neither, noProbe, notAnswerable, observed, type Asking, type Finding, type ProbesOf } from '../finding';
import { at, textAt } from '../json';
import { PROFILES, type Subjects } from '../subjects';
import { isDone } from '../tenant';

/** Attributes that the server computes, as far as is known. */
const COMPUTED = PROFILE_FIELDS.filter(
  ({ apiName, access, availability, type }) =>
    access === 'readOnly' &&
    availability === 'everywhere' &&
    !['item', 'link', 'collection'].includes(type) &&
    !['PKey', 'href'].includes(apiName),
).map(({ apiName }) => apiName);

const METADATA = 'profileAndServices/resourceType/profile';

/** What metadata says of the attributes of a profile. */
async function metadata({ tenant }: Asking): Promise<unknown> {
  return at((await tenant.get(METADATA)).json, 'content');
}

/** A PATCH that is refused, or what it left in the attribute. */
async function outcome(
  subjects: Subjects,
  attribute: string,
  value: unknown,
): Promise<{ status: number; refused: boolean; stored: unknown }> {
  const answer = await subjects.patchProfile({ [attribute]: value });
  if (!isDone(answer)) return { status: answer.status, refused: true, stored: undefined };
  return { status: answer.status, refused: false, stored: await subjects.read(attribute) };
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value;
}

export const WRITES_PROBES: ProbesOf<keyof typeof WRITES_CHOICES> = {
  missingMandatory: noProbe('The probe writes a profile and a service, and neither has a mandatory attribute as Adobe delivers it.'),
  acsEmptyPatch: {
    stage: 'write',
    dialect: 'acs',
    ask: async (subjects) => observed(isDone(await subjects.patchProfile({})) ? 'ok' : 'error'),
  },
  unknownAttributeStatus: {
    stage: 'write',
    ask: async (subjects) => {
      const { status } = await subjects.patchProfile({ n8nProbeNothing: 'x' });
      return status >= 400 ? observed(status) : neither(`answered ${status}`);
    },
  },
  v8TypeErrors: {
    stage: 'write',
    dialect: 'v8',
    ask: async (subjects) => {
      const answer = await subjects.patchProfile({ birthDate: 'n8nProbe' });
      if (isDone(answer)) return neither('a text was taken for a date');
      return observed(answer.text.includes('Cannot convert') ? 'explained' : 'generic');
    },
  },
  coercion: {
    stage: 'write',
    ask: async (subjects) => {
      const { refused, stored } = await outcome(subjects, 'blackListFax', 'true');
      if (refused) return observed('strict');
      return stored === true ? observed('lenient') : neither(`"true" was taken and ${shown(stored)} kept`);
    },
  },
  nullValues: {
    stage: 'write',
    ask: async (subjects) => {
      await subjects.patchProfile({ middleName: 'x' });
      const { refused, stored } = await outcome(subjects, 'middleName', null);
      if (refused) return observed('rejected');
      return stored === '' || stored === null ? observed('clear') : neither('null was taken and changed nothing');
    },
  },
  tooLongText: {
    stage: 'write',
    ask: async (subjects, asking) => {
      const length = Number(textAt(await metadata(asking), 'middleName', 'length'));
      if (!(length > 0 && length < 1000)) return notAnswerable('metadata does not say how long middleName can be');
      const { refused, stored } = await outcome(subjects, 'middleName', 'x'.repeat(length + 4));
      if (refused) return observed('rejected');
      const kept = typeof stored === 'string' ? stored.length : -1;
      if (kept === length) return observed('truncated');
      return kept === length + 4 ? observed('whole') : neither(`${kept} of ${length + 4} characters were kept`);
    },
  },
  acsServerOwnedDates: {
    stage: 'write',
    dialect: 'acs',
    ask: async (subjects) => {
      const { refused, stored } = await outcome(subjects, 'created', '2000-01-01 00:00:00.000Z');
      if (refused) return observed('rejected');
      return typeof stored === 'string' && !stored.startsWith('2000-01-01')
        ? observed('ignored')
        : neither('the time of creation was changed');
    },
  },
  derivedAttributes: {
    stage: 'write',
    ask: async (subjects) => {
      const answer = await subjects.patchProfile({ firstName: 'Probing' });
      if (!isDone(answer)) return notAnswerable(`a new first name was answered with ${answer.status}`);
      return observed(String(await subjects.read('title')).includes('Probing') ? 'onEveryWrite' : 'onCreate');
    },
  },
  postalAddress: {
    stage: 'write',
    ask: async (subjects) => {
      const line = textAt((await subjects.profile()).created.json, 'postalAddress', 'line1') ?? '';
      const lastName = subjects.lastName.toUpperCase();
      if (line === `MS PROBE ${lastName}`) return observed('allInCapitals');
      return line === `Probe ${lastName}` ? observed('lastNameInCapitals') : neither('its first line reads otherwise');
    },
  },
  uniqueEmail: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      await subjects.profile();
      const answer = await tenant.post(PROFILES, { email: subjects.email, lastName: subjects.lastName });
      if (!isDone(answer)) return observed(true);
      const key = subjects.adopt(PROFILES, answer);
      if (key !== null) await subjects.remove(PROFILES, key);
      return observed(false);
    },
  },
  hyphenInNames: {
    stage: 'write',
    ask: async (subjects) => {
      await subjects.service();
      const name = await subjects.storedServiceName();
      if (name === subjects.serviceName) return observed('kept');
      return name === subjects.serviceName.replaceAll('-', '_') ? observed('replaced') : neither('the name was changed in another way');
    },
  },
  smartCaseNames: {
    stage: 'read',
    ask: async (asking) => {
      const policy = textAt(await metadata(asking), 'firstName', 'dataPolicy');
      return policy === undefined ? neither('metadata names no data policy of firstName') : observed(policy === 'smartCase');
    },
  },
  phonePolicy: {
    stage: 'write',
    ask: async (subjects, asking): Promise<Finding<'none' | 'digits' | 'refusesLetters'>> => {
      if (textAt(await metadata(asking), 'phone', 'dataPolicy') !== 'phone') return observed('none');
      const { refused, stored } = await outcome(subjects, 'phone', '+33 (0)6 ext');
      if (refused) return observed('refusesLetters');
      return stored === '+3306' ? observed('digits') : neither('the number was kept in another form');
    },
  },
  invalidEmail: {
    stage: 'write',
    ask: async (subjects, asking) => {
      if (textAt(await metadata(asking), 'email', 'dataPolicy') !== 'email') return notAnswerable('emails have no data policy here');
      const { refused } = await outcome(subjects, 'email', 'n8n-probe');
      if (!refused) await subjects.patchProfile({ email: subjects.email });
      return observed(refused ? 'refused' : 'accepted');
    },
  },
  emailCase: {
    stage: 'write',
    ask: async (subjects) => {
      const email = textAt((await subjects.profile()).created.json, 'email');
      if (email === subjects.email) return observed('kept');
      return email === subjects.email.toLowerCase() ? observed('lowered') : neither('the email was kept in another form');
    },
  },
  writableAfterAll: {
    stage: 'read',
    ask: async (asking) => {
      const content = await metadata(asking);
      if (typeof content !== 'object' || content === null) return notAnswerable('there is no metadata');
      return observed(COMPUTED.filter((name) => at(content, name, 'readOnly') === false));
    },
  },
};
