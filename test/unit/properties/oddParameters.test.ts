import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { openFeed } from '../../../nodes/AdobeCampaignProfileTrigger/feed';
import { properties } from '../../../nodes/AdobeCampaignProfileTrigger/properties';
import { readSettings } from '../../../nodes/AdobeCampaignProfileTrigger/settings';
import type { Operation } from '../../../nodes/shared/execution/operation';
import { readCaps, readTimeout } from '../../../nodes/shared/execution/runOptions';
import { readApi } from '../../../nodes/shared/ui/apiOption';
import { optionsProperty } from '../../../nodes/shared/ui/options/optionsProperty';
import { readProfileFilters } from '../../../nodes/shared/ui/profile/profileFilters';
import { EVERY_OPERATION, type Usage } from '../../support/everyOperation';
import { registeredOperations } from '../../support/registry';
import { OddCampaign, type Attempt } from '../support/odd/attempt';
import { placesOf, type Examples, type Place } from '../support/odd/parameters';
import { BLANKS, meantAt, ODD_VALUES, shown, TELLING_VALUES } from '../support/odd/values';

/** One value in so many is tried at a place, other ones at the next. All of them: ODD_SHARE=1. */
const SHARE = Number(process.env.ODD_SHARE ?? 24);

/** Read by whoever runs the operation, as the last two here do, or for columns of the input alone. */
const ELSEWHERE = /^options\.(?:timeout|waitForCampaign|requestsPerSecond|maxRequestsInFlight|unknownColumns)$/;
/** Counts for what the trail does not tell, which the one here does. */
const UNSEEN = /^options\.keyField$/;
const COLUMN = '={{ $json.odd }}';

const campaign = new OddCampaign();

/** What is wrong with what became of a value; undefined where it was refused by name, or done as it was meant. */
type Verdict = string | undefined;

/** The options of every operation, which the run reads, and the trigger: read by the same readers, so that they can be tried like operations. */
const OTHERS: ReadonlyArray<readonly [string, Pick<Operation, 'properties' | 'run'>]> = [
  ['run', { properties: [optionsProperty()], run: async (_client, item) => [{ ...readCaps(item), timeout: readTimeout(item) }] }],
  [
    'trigger',
    {
      properties,
      async run(client, item) {
        const settings = readSettings(item, await readApi(client, item));
        const given = readProfileFilters(item, client.instance, settings.api);
        const feed = await openFeed(client, settings, { given, floor: settings.startDate ?? 0 }, () => {});
        for await (const { content } of feed.pages(undefined, 0))
          return [{ ...settings, found: content.length, timeout: readTimeout(item) }];
        return [];
      },
    },
  ],
];

const OPERATIONS = [...registeredOperations().map(({ name, operation }) => [name, operation] as const), ...OTHERS];

describe.each(OPERATIONS)('%s', (name, operation) => {
  const usage = EVERY_OPERATION[name] ?? { parameters: {} };
  const base = { matchFilter: examplesFor(name).filter, ...baseOf(usage) };
  const input = usage.input?.[0] ?? {};
  const isWhole = OTHERS.some(([other]) => other === name);
  const places = placesOf(operation, examplesFor(name)).filter((place) => isWhole || !ELSEWHERE.test(place.name));

  const attempt = async (parameters: INodeParameters, odd?: unknown, isTool = false): Promise<Attempt> =>
    await campaign.run(operation, parameters, { ...input, odd: odd as IDataObject[string] }, { isTool });

  it('takes a value as what it means, or refuses it by name before anything is written', async () => {
    const wrong: string[] = [];
    for (const [index, place] of places.entries()) {
      for (const value of valuesFor(place, index)) {
        const verdict = await judge(place, value);
        if (verdict !== undefined) wrong.push(`${place.name} = ${shown(value)}: ${verdict}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('takes what an AI agent leaves blank for not given, or refuses it by name', async () => {
    const wrong: string[] = [];
    for (const [index, place] of places.entries()) {
      const value = BLANKS[index % BLANKS.length];
      const found = await attempt(place.with(base, COLUMN), value, true);
      if (isNamedRefusal(place, found)) continue;
      const without = await attempt(place.without(base), undefined, true);
      if (traceOf(found) !== traceOf(without)) wrong.push(`${place.name} = ${shown(value)}: ${traceOf(found)} <> ${traceOf(without)}`);
    }
    expect(wrong).toEqual([]);
  });

  async function judge(place: Place, value: unknown): Promise<Verdict> {
    const found = await attempt(place.with(base, COLUMN), value);
    if (found.crash !== undefined) return `crashed with ${String(found.crash)}`;
    const written = found.requests.find((request) => !request.startsWith('GET'));
    const isRefused = found.refusal?.details.reason === 'invalidInput';
    if (isRefused && written !== undefined) return `refused only after ${written}`;
    if (isNamedRefusal(place, found) || (isRefused && saidBy(found).includes(textIn(value)))) return undefined;
    if (isRefused) return `refused without a name: ${saidBy(found)}`;

    const meant = meantAt(place.property, value);
    if (meant === 'refused') return `taken: ${traceOf(found)}`;
    const plain = await attempt(place.with(base, COLUMN), meant.same);
    if (traceOf(plain) !== traceOf(found)) return `${traceOf(found)} <> ${traceOf(plain)}`;
    const text = typeof meant.same === 'string' ? meant.same.trim() : '';
    const isText =
      ['string', 'resourceLocator'].includes(place.property.type) &&
      !UNSEEN.test(place.name) &&
      !/Campaign Standard only/.test(saidBy(found));
    return isText && !mentions(found, text) ? `not to be seen in ${traceOf(found)}` : undefined;
  }
});

/** What a kind of parameter is most easily got wrong with, and of all other values some at each place; the same ones in every run. */
function valuesFor({ property: { type } }: Place, index: number): unknown[] {
  return [...(TELLING_VALUES[type] ?? []), ...ODD_VALUES.filter((_value, number) => (number + index * 7) % SHARE === 0)];
}

function isNamedRefusal({ name, property }: Place, attempt: Attempt): boolean {
  if (attempt.refusal?.details.reason !== 'invalidInput') return false;
  const words = `${property.displayName} ${name.replace('matchParameters', 'filter')}`
    .split(/\W+|(?=[A-Z])/)
    .map((word) => word.toLowerCase().replace(/s$/, ''));
  return words.some((word) => word.length > 2 && saidBy(attempt).toLowerCase().includes(word));
}

/** As much of a value as a message shows for certain. */
function textIn(value: unknown): string {
  return value === 1e-7 ? '0.0000001' : String(value).trim().slice(0, 20);
}

function saidBy({ refusal }: Attempt): string {
  return `${refusal?.message ?? ''} ${refusal?.description ?? ''}`;
}

/** What was asked and how it ended, without the values that a message shows. */
function traceOf({ requests, refusal, outputs }: Attempt): string {
  // A trail has the time in it.
  const output = outputs?.map((item) => ({ ...item, trail: undefined }));
  return [...requests, refusal?.details.reason ?? JSON.stringify(output)].join('\n');
}

function mentions(attempt: Attempt, text: string): boolean {
  const encoded = /\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text);
  const forms = [text, JSON.stringify(text).slice(1, -1), encoded, encoded.replaceAll('%40', '@')];
  const said = [...attempt.requests, saidBy(attempt)].join('\n');
  return forms.some((form) => said.includes(form));
}

/** Columns of the input are no parameters: what they hold is mapped by hand here. */
function baseOf({ parameters, input }: Usage): INodeParameters {
  const mapper = parameters.fields as INodeParameters | undefined;
  if (mapper?.mappingMode !== 'autoMapInputData') return parameters;
  return { ...parameters, fields: { ...mapper, mappingMode: 'defineBelow', value: input?.[0] as INodeParameters } };
}

function examplesFor(name: string): Examples {
  if (name.includes('.customResource.'))
    return { filter: 'byAmountFrom', parameter: 'amountFrom', field: name.endsWith('getAll') ? 'amount' : 'profile' };
  return { filter: 'byText', parameter: 'text', field: name.includes('.service.') ? 'name' : 'lastName' };
}
