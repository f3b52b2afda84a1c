import type { INodeParameters } from 'n8n-workflow';

import type { CampaignResponse } from '../../../nodes/shared/transport/transport';
import { EVERY_OPERATION } from '../../support/everyOperation';
import { registeredOperations } from '../../support/registry';
import { parseJson, parseRecord } from '../../../nodes/shared/campaign/records';
import { ODD_ANSWERS } from '../support/odd/answers';
import { OddCampaign, type Attempt } from '../support/odd/attempt';

const campaign = new OddCampaign();

const OPERATIONS = registeredOperations().map(({ name, operation }) => [name, operation] as const);

it.each(OPERATIONS)('%s: an answer that is none ends in a clear error, and in no other write', async (name, operation) => {
  const usage = EVERY_OPERATION[name] ?? { parameters: {} };
  usage.prepare?.(campaign.simulator);
  const run = async (instead?: (request: { method: string; url: string }) => CampaignResponse | undefined): Promise<Attempt> =>
    await campaign.run(operation, usage.parameters, usage.input?.[0] ?? {}, { instead });
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

/** Its description says what was done, and what was not. */
const TELLS = /is not unsubscribed from everything/;

/** Ways of one operation that ask more of Campaign after they have written. */
const CURIOUS: ReadonlyArray<readonly [string, INodeParameters]> = [
  ['Include Changes', { includeChanges: true }],
  ['Read Back', { readBack: 'return' }],
  ['Verify', { readBack: 'verify' }],
];

it.each(OPERATIONS.filter(([, { writes }]) => writes))(
  '%s: what was written is not told as not done, whatever is asked afterwards',
  async (name, operation) => {
    const usage = EVERY_OPERATION[name] ?? { parameters: {} };
    usage.prepare?.(campaign.simulator);
    const options = operation.properties.find((property) => property.name === 'options')?.options ?? [];
    const wrong: string[] = [];
    for (const [way, more] of CURIOUS.filter(([, given]) => options.some((option) => option.name in given))) {
      for (const [what, answer] of ODD_ANSWERS.filter(([, { body }]) => body !== '')) {
        const progress = { isWritten: false };
        const parameters = { ...usage.parameters, options: { ...(usage.parameters.options as INodeParameters | undefined), ...more } };
        const found = await campaign.run(operation, parameters, usage.input?.[0] ?? {}, {
          instead: ({ method }) => {
            if (progress.isWritten && method === 'GET') return answer;
            progress.isWritten ||= method !== 'GET';
            return undefined;
          },
        });
        const reason = found.refusal?.details.reason;
        if (
          progress.isWritten &&
          reason !== undefined &&
          !/^(?:outcomeUnknown|notVerified)$/.test(reason) &&
          !TELLS.test(found.refusal?.message ?? '')
        )
          wrong.push(`${way}, ${what}: ${reason} ${found.refusal?.message ?? ''}`);
        if (found.crash !== undefined) wrong.push(`${way}, ${what}: crashed with ${String(found.crash)}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

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
