import { asNew } from '../campaign/fields/plannedChanges';
import { readableFields } from '../campaign/fields/readableFields';
import { changesOfCreation } from '../campaign/write/trackedChanges';
import { collectionUrl } from '../campaign/urls';
import { whileOptions } from '../execution/formerParameters';
import type { Operation } from '../execution/operation';
import { fieldsJsonProperties, fieldsMapper, fieldsOptions, NOT_AS_JSON } from '../ui/record/fieldsProperties';
import { checkGivenFields, readGivenFields, requireValues, takeColumns } from '../ui/record/givenFields';
import { changeList } from '../ui/record/changeList';
import { optionsProperty } from '../ui/options/optionsProperty';
import { checkSelection, outputProperties, readOutput } from '../ui/record/output';
import { includeChangesOption, readIncludeChanges, trailItem } from '../ui/record/trailOutput';
import { NO_LINKS, type RecordKind } from '../ui/record/recordKind';

/** POST of one record (Adobe: "Creating profiles with APIs"). */
export function createOperation(kind: RecordKind): Operation {
  return {
    value: 'create',
    name: 'Create',
    action: `Create ${kind.name}`,
    description: `Add a new ${kind.name}, and return it with all its defaults`,
    writes: true,
    addsEachTime: true,
    properties: [
      ...kind.resourceProperties,
      ...whileOptions({ fieldsFrom: NOT_AS_JSON }, fieldsMapper({ mode: 'add', addAllFields: false })),
      ...fieldsJsonProperties,
      ...(kind.links ? [kind.links.property] : []),
      ...outputProperties(kind.output),
      optionsProperty(kind.apiOption, ...fieldsOptions, includeChangesOption(`The list has all that the new ${kind.noun} holds`)),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const { api, name } = resource;
      const { values, rules } = await takeColumns(client, item, resource, readGivenFields(item));
      const links = kind.links?.read(item) ?? NO_LINKS;
      const given = links.isEmpty ? requireValues(values) : values;
      const shape = readOutput(item, kind.output);
      const trackChanges = readIncludeChanges(item);

      const catalogue = await readableFields(client, api, name, item.warn);
      checkSelection(item, catalogue);
      const linked = await links.resolve(client, resource, catalogue);
      // A new record has nothing to be emptied.
      const fields = checkGivenFields(
        item,
        catalogue,
        { ...given, ...linked },
        {
          ...rules,
          api,
          emptyValues: 'leaveOut',
          nestedFields: 'send',
        },
      );
      kind.checkNew?.(fields);
      if (client.preview) return [{ outcome: 'wouldCreate', ...shape(fields), ...changeList(asNew(fields)) }];
      const created = await client.create(collectionUrl(client.instance, api, name), fields, name).catch(async (error: unknown) => {
        throw kind.explainRefusal ? await kind.explainRefusal(client, resource, fields, error) : error;
      });
      if (!trackChanges) return [shape(created)];
      const changes = await changesOfCreation(client, catalogue, created);
      return [{ ...shape(created), ...trailItem(client, item, { resource, done: 'created', changes, record: created }) }];
    },
  };
}
