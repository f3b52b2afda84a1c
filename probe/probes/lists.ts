import type { LISTS_CHOICES } from '../../test/simulator/assumptions/lists';
import { neither, notAnswerable, observed, type Asking, type Finding, type ProbesOf } from '../finding';
import { at, rowsOf, textAt } from '../json';
import { isDone } from '../tenant';

/** Lists of keys: nothing personal in them. */
const PROFILE_KEYS = 'profileAndServices/profile/PKey';
const SERVICE_KEYS = 'profileAndServices/service/PKey';
const SERVICES = 'profileAndServices/service';

/** Most services that lists are tried on. */
const FEW = 100;
/** A page of so many rows shows that there is no low bound. */
const ENOUGH = 1000;
/** Most rows that are asked for at once. */
const MANY = 10_000;

/** Whether an odd query is refused or taken. */
async function isRefused({ tenant }: Asking, target: string): Promise<Finding<boolean>> {
  const answer = await tenant.get(target);
  if (answer.status >= 400) return observed(true);
  return rowsOf(answer.json) === null ? neither(`answered ${answer.status} without a list`) : observed(false);
}

/** The next page, also where the table is a big one and the address forgets that pages are forced. */
function nextOf(json: unknown): string | undefined {
  const href = textAt(json, 'next', 'href');
  return href === undefined || href.includes('_forcePagination=') ? href : `${href}&_forcePagination=true`;
}

/** How many services there are, if they are few; read page by page, since a page can have a bound. */
async function fewServices({ tenant }: Asking): Promise<number | null> {
  let count = 0;
  let target: string | undefined = `${SERVICE_KEYS}?_lineCount=${FEW}&_forcePagination=true`;
  for (let page = 0; target !== undefined && page < 10; page += 1) {
    const { json } = await tenant.get(target, `${SERVICE_KEYS}?_lineCount=${FEW}`);
    count += rowsOf(json)?.length ?? 0;
    target = nextOf(json);
  }
  return target === undefined && count <= FEW ? count : null;
}

const NEEDS_SERVICES = `needs a few services, at most ${FEW}`;

export const LISTS_PROBES: ProbesOf<keyof typeof LISTS_CHOICES> = {
  invalidLineCount: {
    stage: 'read',
    ask: async (asking) => {
      const refused = await isRefused(asking, `${SERVICE_KEYS}?_lineCount=0`);
      return refused.kind === 'observed' ? observed(refused.value ? 'error' : 'default') : refused;
    },
  },
  maximumLineCount: {
    stage: 'read',
    ask: async ({ tenant }) => {
      for (const asked of [ENOUGH, MANY]) {
        const { json, status } = await tenant.get(`${PROFILE_KEYS}?_lineCount=${asked}&_forcePagination=true`);
        const rows = rowsOf(json);
        if (rows === null) return neither(`${asked} rows were answered with ${status}`);
        const isAll = at(json, 'next') === undefined;
        if (rows.length < asked && !isAll) return observed(rows.length);
        if (isAll && rows.length < ENOUGH) return notAnswerable(`needs ${ENOUGH} profiles`);
        if (isAll) break;
      }
      return observed(null, `none was seen with ${ENOUGH} rows and more`);
    },
  },
  emptyLastPage: {
    stage: 'read',
    ask: async (asking) => {
      const count = await fewServices(asking);
      if (count === null || count === 0) return notAnswerable(NEEDS_SERVICES);
      // Half of the rows or all of them, so that a bound on pages does no harm.
      const size = count % 2 === 0 ? count / 2 : count;
      let json: unknown = null;
      let target: string | undefined = `${SERVICE_KEYS}?_lineCount=${size}&_forcePagination=true`;
      for (let seen = 0; seen < count && target !== undefined; seen += rowsOf(json)?.length ?? count) {
        json = (await asking.tenant.get(target, `${SERVICE_KEYS}?_lineCount=<all>`)).json;
        target = nextOf(json);
      }
      return rowsOf(json)?.length === size ? observed(at(json, 'next') !== undefined) : notAnswerable('the last page was not full');
    },
  },
  countValueOnLastPage: {
    stage: 'read',
    ask: async (asking) => {
      const count = await fewServices(asking);
      if (count === null || count < 3) return notAnswerable(NEEDS_SERVICES);
      const size = Math.ceil((count + 1) / 2);
      const first = await asking.tenant.get(`${SERVICES}?_lineCount=${size}&_forcePagination=true`, `${SERVICES}?_lineCount=<half>`);
      const next = nextOf(first.json);
      if (next === undefined) return notAnswerable('the first page has no next');
      const last = await asking.tenant.get(next, `${SERVICES}?_lineCount=<half>&_lineStart=<cursor>`);
      if (at(last.json, 'next') !== undefined) return notAnswerable('the second page was not the last one');
      return observed(at(last.json, 'count', 'value') !== undefined);
    },
  },
  serverSidePaginationOnBigTable: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const plain = await tenant.get('profileAndServices/profile?_lineCount=1');
      const forced = await tenant.get(`${PROFILE_KEYS}?_lineCount=1&_forcePagination=true`);
      const isHidden = at(plain.json, 'next') === undefined && at(forced.json, 'next') !== undefined;
      if (!isHidden) return notAnswerable('needs a table of profiles above the threshold (100,000)');
      const flag = at(plain.json, 'serverSidePagination');
      return typeof flag === 'boolean' ? observed(flag) : neither('the answer has no serverSidePagination');
    },
  },
  nextForcePagination: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const { json } = await tenant.get(`${PROFILE_KEYS}?_lineCount=1&_forcePagination=true`);
      const next = textAt(json, 'next', 'href');
      if (next === undefined) return notAnswerable('needs at least two profiles');
      return observed(next.includes('_forcePagination=true') ? 'kept' : 'dropped');
    },
  },
  cursorOfAnotherQuery: {
    stage: 'read',
    ask: async (asking) => {
      const { json } = await asking.tenant.get(`${PROFILE_KEYS}?_lineCount=1&_forcePagination=true`);
      const cursor = /_lineStart=([^&]+)/.exec(textAt(json, 'next', 'href') ?? '')?.[1];
      if (cursor === undefined) return notAnswerable('needs at least two profiles');
      const answer = await asking.tenant.get(`${SERVICE_KEYS}?_lineStart=${cursor}`, `${SERVICE_KEYS}?_lineStart=<cursor of profiles>`);
      if (answer.status >= 400) return observed('error');
      return isDone(answer) ? observed('accepted') : neither(`answered ${answer.status}`);
    },
  },
  singleSlashCount: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.get(`${SERVICES}/_count`);
      if (answer.status >= 400) return observed('rejected');
      return typeof at(answer.json, 'count') === 'number' ? observed('accepted') : neither(`answered ${answer.status} without a count`);
    },
  },
  invalidOrder: {
    stage: 'read',
    ask: async (asking) => {
      const refused = await isRefused(asking, `${SERVICE_KEYS}?_order=n8nProbeNothing`);
      return refused.kind === 'observed' ? observed(refused.value ? 'error' : 'ignored') : refused;
    },
  },
};
