import type { FILTERS_CHOICES } from '../../test/simulator/assumptions/filters';
import { neither, noProbe, notAnswerable, observed, type Asking, type Finding, type ProbesOf } from '../finding';
import { at, rowsOf, textAt } from '../json';
import { PROFILES, SERVICES, type Subjects } from '../subjects';
import { isDone, type Tenant } from '../tenant';

const EXT_PROFILES = 'profileAndServicesExt/profile';
/** A text that nothing holds. */
const NOBODY = 'n8nProbeNobody';
/** A question whose answer has to be no showed that the filter lets everything through. */
const NO_FILTER = 'the filter does not filter';

/** Whether one of the first rows of a list has the value. */
async function finds(tenant: Tenant, target: string, shown: string, attribute: string, value: unknown): Promise<boolean> {
  const { json } = await tenant.get(target, shown);
  return (rowsOf(json) ?? []).some((row) => at(row, attribute) === value);
}

/** Prefix or containing, told by a text from the middle of a name of the probe's own. */
async function textRule(
  tenant: Tenant,
  path: string,
  whole: string,
  part: string,
  attribute: string,
  value: unknown,
): Promise<Finding<'prefix' | 'contains'>> {
  const find = (text: string): Promise<boolean> =>
    finds(tenant, `${path}/byText?text=${encodeURIComponent(text)}&_lineCount=100`, `${path}/byText?text=<text>`, attribute, value);
  if (!(await find(whole))) return notAnswerable('the new record was not found by its beginning either');
  if (await find(NOBODY)) return notAnswerable(NO_FILTER);
  return observed((await find(part)) ? 'contains' : 'prefix');
}

/** What the filter's answer to a parameter that means nothing is. */
async function errorOrNothing<Refusal>({ tenant }: Asking, target: string, refusal: Refusal): Promise<Finding<Refusal | 'matchesNothing'>> {
  const answer = await tenant.get(target);
  if (answer.status >= 400) return observed(refusal);
  const rows = rowsOf(answer.json);
  return rows?.length === 0 ? observed('matchesNothing') : neither(rows === null ? `answered ${answer.status}` : 'rows were found');
}

/** The status and text with which a segment that is nothing is refused. */
const UNKNOWN_FILTER = `${PROFILES}/byN8nProbeNothing?n8nProbe=1`;

/** The attributes of a custom text field, if profiles have one. */
async function customTextField({ tenant }: Asking): Promise<string | undefined> {
  const { json } = await tenant.get('profileAndServicesExt/resourceType/profile');
  const content = at(json, 'content');
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.keys(content).find((name) => /^cus[A-Z]\w*$/.test(name) && at(content, name, 'type') === 'string');
}

/** A birthday filter finds the probe's own profile by its day: then its words are the assumed ones. */
async function birthday({ email }: Subjects, tenant: Tenant, query: string): Promise<boolean> {
  const words = 'type=absolute&precision=day';
  const path = `${PROFILES}/birthday?${words}&${query}`;
  const { json } = await tenant.get(`${path}&_order=created%20desc&_lineCount=100`, path);
  return (rowsOf(json) ?? []).some((row) => (textAt(row, 'email') ?? '').toLowerCase() === email.toLowerCase());
}

export const FILTERS_PROBES: ProbesOf<keyof typeof FILTERS_CHOICES> = {
  byTextRule: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      const { key } = await subjects.profile();
      const lastName = await subjects.read('lastName');
      if (key === '' || lastName !== subjects.lastName) return notAnswerable('the profile kept another name');
      return await textRule(tenant, PROFILES, subjects.lastName, subjects.infix, 'lastName', lastName);
    },
  },
  byEmailMatch: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      const stored = await subjects.read('email');
      if (typeof stored !== 'string') return notAnswerable('the profile has no email');
      const by = (email: string): Promise<boolean> =>
        finds(tenant, `${PROFILES}/byEmail?email=${encodeURIComponent(email)}`, `${PROFILES}/byEmail?email=<email>`, 'email', stored);
      if (!(await by(stored))) return notAnswerable('the new profile was not found by its email');
      if (await by(`${NOBODY}@example.com`)) return notAnswerable(NO_FILTER);
      return observed((await by(stored.toUpperCase())) ? 'caseInsensitive' : 'exact');
    },
  },
  emptyFilterParameter: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const all = await tenant.get(`${SERVICES}?_lineCount=1`);
      if (rowsOf(all.json)?.length !== 1) return notAnswerable('needs a service');
      const answer = await tenant.get(`${SERVICES}/byTargetResource?targetResource=&_lineCount=1`);
      if (answer.status >= 400) return observed('error');
      return observed((rowsOf(answer.json)?.length ?? 0) > 0 ? 'matchesAll' : 'matchesNothing');
    },
  },
  customFilterTypeName: {
    stage: 'read',
    ask: async (asking) => {
      const field = await customTextField(asking);
      if (field === undefined) return notAnswerable('needs a custom text field of profiles');
      const isSearched = async (filterType: string): Promise<boolean> => {
        const { json } = await asking.tenant.get(
          `${EXT_PROFILES}/byText?filterType=${filterType}&${field}=${NOBODY}&_lineCount=1`,
          `${EXT_PROFILES}/byText?filterType=<field>&<field>=<text>`,
        );
        return rowsOf(json)?.length === 0;
      };
      if (!(await isSearched(field.slice(3)))) return notAnswerable('needs a custom field that was added to the advanced filtering');
      return observed((await isSearched(field)) ? 'either' : 'withoutPrefix');
    },
  },
  v8UnknownFilter: {
    stage: 'read',
    dialect: 'v8',
    ask: async ({ tenant }) => {
      const answer = await tenant.get(UNKNOWN_FILTER);
      if (answer.text.includes('Unsupported endpoint')) return observed('unsupportedEndpoint');
      return answer.status === 500 ? observed('generic') : neither(`answered ${answer.status}`);
    },
  },
  acsUnknownFilterStatus: {
    stage: 'read',
    dialect: 'acs',
    ask: async ({ tenant }) => {
      const answer = await tenant.get(UNKNOWN_FILTER);
      return answer.status >= 400 ? observed(answer.status) : neither(`answered ${answer.status}`);
    },
  },
  unknownFilterValue: {
    stage: 'read',
    ask: (asking) => errorOrNothing(asking, `${SERVICES}/byChannel?channel=n8nProbe&_lineCount=1`, 'error'),
  },
  filterKeyOfNothing: {
    stage: 'read',
    ask: (asking) => errorOrNothing(asking, `${PROFILES}/subscribers?service=@n8nProbe&_lineCount=1`, 'refused'),
  },
  birthdayWords: noProbe(
    "Adobe names the parameters and not their values; a probe could only guess, and another word's answer looks like a wrong one's.",
  ),
  birthdayAcrossNewYear: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      await subjects.profile();
      if (!(await birthday(subjects, tenant, 'operator=equal&month=12&day=31')))
        return notAnswerable('the words of the birthday filter are others');
      if (await birthday(subjects, tenant, 'operator=equal&month=6&day=15')) return notAnswerable(NO_FILTER);
      const around = 'operator=between&month=12&day=30&endMonth=1&endDay=2';
      return observed((await birthday(subjects, tenant, around)) ? 'wraps' : 'matchesNothing');
    },
  },
  serviceByTextRule: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      await subjects.service();
      return await textRule(tenant, SERVICES, subjects.label, subjects.infix, 'label', subjects.label);
    },
  },
  byPlanningRule: {
    stage: 'write',
    ask: async (subjects, { tenant }) => {
      await subjects.service();
      const within = (from: string, to: string): Promise<boolean> => {
        const path = `${SERVICES}/byPlanning?startDate=${from}&endDate=${to}`;
        return finds(tenant, `${path}&_order=created%20desc&_lineCount=100`, path, 'label', subjects.label);
      };
      if (!(await within('1969-12-31', '1970-01-02'))) return notAnswerable('the new service was not found by its start either');
      if (await within('1960-01-01', '1960-01-02')) return notAnswerable(NO_FILTER);
      return observed((await within('1975-01-01', '1975-01-02')) ? 'overlaps' : 'startsWithin');
    },
  },
  serviceTemplates: {
    stage: 'read',
    ask: async ({ tenant }) => {
      let target: string | undefined = `${SERVICES}?_lineCount=100&_forcePagination=true`;
      let isMadeFromOne = false;
      for (let page = 0; target !== undefined && page < 5; page += 1) {
        const answer = await tenant.get(target, `${SERVICES}?_lineCount=100`);
        if (!isDone(answer)) return neither(`answered ${answer.status}`);
        const rows = rowsOf(answer.json) ?? [];
        if (rows.some((row) => at(row, 'isTemplate') === true)) return observed('listed');
        isMadeFromOne ||= rows.some((row) => at(row, 'template') !== null && at(row, 'template') !== undefined);
        const next = textAt(answer.json, 'next', 'href');
        target = next === undefined || next.includes('_forcePagination=') ? next : `${next}&_forcePagination=true`;
      }
      return isMadeFromOne && target === undefined ? observed('hidden') : notAnswerable('no service tells of a template');
    },
  },
};
