import type { CampaignRecord } from '../campaign/records';
import { readableFields } from '../campaign/fields/readableFields';
import { findRecords, recordNotFound } from '../campaign/find/findRecords';
import type { Operation } from '../execution/operation';
import { notFoundOption, readMayBeMissing, readSeveralMatches, severalMatchesOption } from '../ui/options/matchOptions';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelectionOf, outputProperties, readOutput } from '../ui/record/output';
import { explainedBy, type RecordKind } from '../ui/record/recordKind';

/** GET of one record (Adobe: "Retrieving profiles with APIs"). */
export function getOperation(kind: RecordKind): Operation {
  return {
    value: 'get',
    name: 'Get',
    action: `Get ${kind.name}`,
    description: `Retrieve one ${kind.name} by ${kind.ways}`,
    properties: [
      ...kind.resourceProperties,
      kind.locator,
      ...outputProperties(kind.output),
      optionsProperty(kind.apiOption, notFoundOption(kind.noun), ...(kind.mayBeSeveral ? [severalMatchesOption('Return')] : [])),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const reference = kind.readReference(item, client.instance, resource);
      const shape = readOutput(item, kind.output);
      const mayBeMissing = readMayBeMissing(item);

      await checkSelectionOf(item, async () => await readableFields(client, reference.api, resource.name, item.warn));

      const records: CampaignRecord[] = [];
      for (const { url, subject, record } of await findRecords(client, resource.name, reference, readSeveralMatches(item))) {
        const found = record ?? (await client.find(url, subject));
        if (found) records.push(found);
      }
      if (records.length === 0 && !mayBeMissing)
        return await explainedBy(kind, client, reference, recordNotFound(resource.name, reference));
      if (records.length === 0) item.tally('Not found, so that nothing was returned', [reference.shown]);
      return records.map((record) => shape(record));
    },
  };
}
