import type { IDataObject } from 'n8n-workflow';

import type { CampaignResponse } from '../../../nodes/shared/transport/transport';
import { startSimulator, type Simulator } from '../../simulator';
import { EVERY_OPERATION } from '../../support/everyOperation';
import { registeredOperations } from '../../support/registry';
import { parseJson, parseRecord } from '../../../nodes/shared/campaign/records';
import { json, text } from '../support/campaign';
import { Attempts, type Attempt } from '../support/odd/attempt';

const HTML = '<html><body>Sign in</body></html>';
const KEY = '@stranger';

/** What may come in the place of Campaign's answer: from a proxy, another version, or a rule of somebody's data model. */
const ODD_ANSWERS: ReadonlyArray<readonly [string, CampaignResponse]> = [
  ['nothing', text('')],
  ['a page', text(HTML)],
  ["a web server's 404", text(HTML, 404)],
  ["a gateway's 404", json({ message: 'no Route matched with those values' }, 404)],
  ['an error with a good status', text('RST-360000 An error has occurred')],
  ['JSON that was cut', text('{"content":[{"PKey":"@a"')],
  ['null', json(null)],
  ['a list', json([])],
  ['a list of records', json([{ PKey: KEY }])],
  ['text', json('yes')],
  ['a number', json(7)],
  ['an empty object', json({})],
  ['content that is null', json({ content: null })],
  ['content that is an object', json({ content: {} })],
  ['a row that is null', json({ content: [null] })],
  ['a row that is text', json({ content: ['amy.dakota@mail.com'] })],
  ['a row that is a list', json({ content: [[]] })],
  ['a row without anything', json({ content: [{}] })],
  ['a row of nulls', json({ content: [{ PKey: null, href: null, email: null, name: null, orderNumber: null }] })],
  ['a row with a blank key', json({ content: [{ PKey: '', href: '', email: 'amy.dakota@mail.com', name: 'weekly_offers' }] })],
  ['a key that is a number', json({ PKey: 7 })],
  ['a key alone', json({ PKey: KEY })],
  [
    'a record of nulls',
    json({ PKey: KEY, href: null, email: null, name: null, state: null, status: null, subscriptions: null, activities: null }),
  ],
  ['a record of lists', json({ PKey: KEY, href: [], email: [], name: [], state: [], status: [], subscriptions: [], activities: [] })],
  ['a description of nothing', json({ PKey: KEY, content: {}, filters: {} })],
  ['a description of nulls', json({ PKey: KEY, content: { email: null }, filters: null })],
];

let simulator: Simulator;
let attempts: Attempts;
beforeAll(async () => {
  simulator = await startSimulator({ dialect: 'acs', profiles: 3 });
  attempts = new Attempts(simulator);
});
afterAll(async () => await simulator.close());

const OPERATIONS = registeredOperations().map(({ name, operation }) => [name, operation] as const);

it.each(OPERATIONS)('%s: an answer that is none ends in a clear error, and in no other write', async (name, operation) => {
  const usage = EVERY_OPERATION[name] ?? { parameters: {} };
  usage.prepare?.(simulator);
  const run = async (instead?: (request: { method: string; url: string }) => CampaignResponse | undefined): Promise<Attempt> =>
    await attempts.run(operation, usage.parameters as IDataObject, usage.input?.[0] ?? {}, { instead });
  const plain = await run();
  const asked = [...new Set(plain.requests.map((request) => request.split(' ').slice(0, 2).join(' ')))];
  const wrong: string[] = [];
  for (const request of asked) {
    for (const [what, answer] of ODD_ANSWERS) {
      const found = await run(({ method, url }) => (`${method} ${url}` === request ? answer : undefined));
      const verdict = judge(request, answer, plain, found);
      if (verdict !== undefined) wrong.push(`${what} for ${request}: ${verdict}`);
    }
  }
  expect(wrong).toEqual([]);
});

function judge(request: string, answer: CampaignResponse, plain: Attempt, found: Attempt): string | undefined {
  if (found.crash !== undefined) return `crashed with ${String(found.crash)}`;
  if (found.refusal?.details.reason === 'unexpected') return found.refusal.message;
  const [, address = ''] = request.split(' ');
  const [other] = [...writesOf(found)].filter((write) => !writesOf(plain).has(write) && !write.endsWith(` ${oneApi(address)}`));
  if (other !== undefined) return `writes ${other}, ${found.refusal?.message ?? JSON.stringify(found.outputs)}`;
  const isBelieved = !request.startsWith('GET') && found.outputs !== undefined && !isYes(request, answer);
  return isBelieved ? `taken for done: ${JSON.stringify(found.outputs)}` : undefined;
}

/** Method and address of all that was written. */
function writesOf({ requests }: Attempt): Set<string> {
  return new Set(
    requests.filter((request) => !request.startsWith('GET')).map((request) => oneApi(request.split(' ').slice(0, 2).join(' '))),
  );
}

/** Whoever may not read a description uses the standard API. */
function oneApi(address: string): string {
  return address.replace('/profileAndServicesExt/', '/profileAndServices/');
}

/** What is Campaign's yes to a write: a record, or for what is done rather than made nothing at all. */
function isYes(request: string, { body }: CampaignResponse): boolean {
  const isDone = request.startsWith('DELETE') || /\/(?:commands|trigger)\/?$/.test(request);
  return parseRecord(parseJson(body)) !== undefined || (isDone && (body === '' || (body === '{}' && !request.startsWith('DELETE'))));
}
