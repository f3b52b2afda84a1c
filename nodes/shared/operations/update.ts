import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import type { FieldRules } from '../campaign/fields/prepareFields';
import { readableFields } from '../campaign/fields/readableFields';
import { findRecords, recordNotFound, type SeveralMatches } from '../campaign/find/findRecords';
import { removedLinks } from '../campaign/find/links';
import { orderKeysOf, type RecordReference } from '../campaign/find/references';
import type { FieldCatalogue } from '../campaign/metadata';
import type { FoundRecord } from '../campaign/records';
import { endsWithPKey, type CampaignResource } from '../campaign/urls';
import { updateRecord, type Update, type UpdatePlan, type UpdateResult } from '../campaign/write/updateRecord';
import type { Item } from '../execution/item';
import type { Operation } from '../execution/operation';
import { emptyValuesOption, fieldsOptions, readOnlyChanged, sendOnlyChangedFieldsOption } from '../ui/record/fieldsProperties';
import { checkGivenFields, readGivenFields, takeColumns, tellEmptied } from '../ui/record/givenFields';
import { readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelection, type OutputShape } from '../ui/record/output';
import { lookUpOption } from '../ui/options/lookUpOption';
import { readUpdateMatch } from '../ui/record/matchedRecord';
import { readBackOption, readBackProperties, readReadBack } from '../ui/record/readBack';
import { identifyByOption, readRecordFields, recordFieldsProperties, type RecordFields } from '../ui/record/recordFields';
import { includeChangesOption, readIncludeChanges, trailItem } from '../ui/record/trailOutput';
import { explainedBy, type RecordKind } from '../ui/record/recordKind';
import { lookUpFromList, withListed } from './lookUp';
import { inPersonOrder } from './inPersonOrder';
import { meantByColumn, type CheckFound } from './meantByColumn';

/** PATCH of one record (Adobe: "Updating profiles with APIs"), with the GETs around it that people want. */
export function updateOperation(kind: RecordKind): Operation {
  return {
    value: 'update',
    name: 'Update',
    action: `Update ${kind.name}`,
    description: `Change fields of a ${kind.name}, and read it back if you like`,
    writes: true,
    properties: [
      ...kind.resourceProperties,
      ...recordFieldsProperties(kind),
      ...readBackProperties(kind.output),
      optionsProperty(
        kind.apiOption,
        ...fieldsOptions,
        emptyValuesOption,
        identifyByOption(kind),
        includeChangesOption(`The ${kind.noun} is retrieved before and after the update`),
        readBackOption(kind.output),
        lookUpOption(kind.names),
        sendOnlyChangedFieldsOption(
          false,
          `Whether to retrieve the ${kind.noun} first and send only what differs. Nothing is sent when nothing differs.`,
        ),
        ...(kind.mayBeSeveral ? [severalMatchesOption('Update')] : []),
      ),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const taken = await takeColumns(client, item, resource, readGivenFields(item));
      const { instance } = client;
      const given = readRecordFields(kind, item, { instance, resource, given: taken });
      const settings = item.settings('update', readSettings);
      const { reference } = given;
      const { plan, shape } = settings;

      // A record that is known by its key is not looked up but for its content, and what is told of a change is asked for anew.
      const isWorth = plan.onlyChanged || (reference.by === 'email' && !plan.trackChanges);
      const match = (other: Item) => readUpdateMatch(kind, other, { instance, resource, catalogue: taken.catalogue });
      const takeListed = await lookUpFromList(client, item, { kind, resource, match, shape, reference, isWorth });

      const orderKeys = orderKeysOf(instance, resource.name, reference, item.json);
      return await item.inRecordOrder(orderKeys, async () => {
        const step = { client, item, settings, recordKey: orderKeys[0] };
        const known = reference.api === resource.api ? taken.catalogue : undefined;
        const update = await prepareUpdate(step, given, { resource, known });
        const meant = { resource: update.resource, reference, column: given.column, value: taken.values[given.column ?? ''] };
        const check = meantByColumn(client, kind, meant);
        const shown = knownBy(given, taken.values);
        const updateFound = async (listed: FoundRecord | undefined) => await updateAll(step, update, { reference, shown, listed, check });
        try {
          return await withListed(takeListed ? await takeListed() : undefined, updateFound);
        } catch (error) {
          return await explainedBy(kind, client, reference, error);
        }
      });
    },
  };

  function readSettings(item: Item): Settings {
    const { shape, readBack, verify } = readReadBack(item, kind.output);
    const plan = { onlyChanged: readOnlyChanged(item, false), readBack, verify, trackChanges: readIncludeChanges(item) };
    return { plan, shape, severalMatches: readSeveralMatches(item) };
  }
}

/** What the options come to. */
interface Settings {
  readonly plan: UpdatePlan;
  readonly shape: OutputShape;
  readonly severalMatches: SeveralMatches;
}

/** An item whose turn it is. */
interface Step {
  readonly client: CampaignClient;
  readonly item: Item;
  readonly settings: Settings;
  /** See `recordKeyOf`. */
  readonly recordKey: string;
}

/** The fields to write, checked against Campaign's description, which is `known` where it was asked for before. */
async function prepareUpdate(
  { client, item, settings: { plan }, recordKey }: Step,
  { reference: { api }, values, links, rules }: RecordFields,
  { resource, known }: { readonly resource: CampaignResource; readonly known: FieldCatalogue | undefined },
): Promise<Update> {
  const catalogue = known ?? (await readableFields(client, api, resource.name, item.warn));
  if (plan.readBack) checkSelection(item, catalogue);
  const linked = links.isEmpty ? {} : await links.resolve(client, resource, catalogue);
  const all = links.isEmpty ? values : { ...values, ...linked };
  // A model that left out all there is to change has to hear of it.
  const mayBeBlank = !item.isTool;
  // Not a spread, which takes V8 ten times as long where there is more to add.
  const ofItem: FieldRules = Object.assign({ api, removedLinks: removedLinks(linked), mayBeBlank }, rules);
  const fields = checkGivenFields(item, catalogue, all, ofItem);
  return { resource: { name: resource.name, api }, catalogue, fields, plan, recordKey };
}

/** Which records are meant. */
interface Meant {
  readonly reference: RecordReference;
  /** See `knownBy`. */
  readonly shown: IDataObject | undefined;
  readonly listed: FoundRecord | undefined;
  /** Makes sure that what a column has found may be written; undefined where no column says it. @throws CampaignError `invalidInput` */
  readonly check: CheckFound | undefined;
}

/** Updates all records that are meant, and says what became of each. */
async function updateAll(step: Step, update: Update, { reference, shown, listed, check }: Meant): Promise<IDataObject[]> {
  const { client, item, settings } = step;
  const { name } = update.resource;
  const records = listed ? [listed] : await findRecords(client, name, reference, settings.severalMatches);
  if (records.length === 0) throw recordNotFound(name, reference);
  const outputs: IDataObject[] = [];
  for (const record of records) {
    const found = check ? await check(record) : record;
    const result = await inPersonOrder({ client, item, update }, found, (target) => updateRecord(client, target, update));
    outputs.push(outputOf(step, update, result, { reference, shown }));
  }
  return outputs;
}

/** What tells the record in the input, for a next step that wants it; undefined for a PKey, which comes out in any case. */
function knownBy({ reference, column }: RecordFields, given: Readonly<Record<string, unknown>>): IDataObject | undefined {
  if (reference.by === 'email') return { email: reference.email };
  const isKey = reference.by === 'address' && !endsWithPKey(reference.url);
  return isKey && column !== undefined && Object.hasOwn(given, column) ? { [column]: given[column] as IDataObject[string] } : undefined;
}

function outputOf(
  { client, item, settings }: Step,
  { resource, fields }: Update,
  result: UpdateResult,
  { reference, shown: known }: Pick<Meant, 'reference' | 'shown'>,
): IDataObject {
  const { record, changes, isSent, sent } = result;
  tellEmptied(item, client, sent);
  const done = isSent ? 'updated' : 'unchanged';
  item.tellOutcome(done);
  const shown = settings.shape(record, known ? { ...known, ...fields } : fields);
  if (!client.preview && !changes) return shown;
  return { ...plannedOutcome(client, result), ...shown, ...trailItem(client, item, { resource, done, changes, record, reference }) };
}

/** Only a preview says what becomes of the record: an update that is made is no surprise. */
function plannedOutcome({ preview }: CampaignClient, { isSent }: UpdateResult): IDataObject {
  return preview ? { outcome: isSent ? 'wouldUpdate' : 'unchanged' } : {};
}
