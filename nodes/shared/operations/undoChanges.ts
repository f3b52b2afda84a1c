import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { textOf } from '../campaign/records';
import type { CampaignResource } from '../campaign/urls';
import { undoItem } from '../ui/record/undoOutput';
import { UndoPlan, type UndoEnd } from '../campaign/undo/undoTrails';
import type { Item, Run } from '../execution/item';
import type { Operation } from '../execution/operation';
import { optionsProperty } from '../ui/options/optionsProperty';
import type { RecordKind } from '../ui/record/recordKind';

/** Takes back what an earlier write with Include Changes did, as far as nobody else has been there since. */
export function undoChangesOperation(kind: RecordKind): Operation {
  return {
    value: 'undoChanges',
    name: 'Undo Changes',
    action: `Undo changes to ${kind.name}`,
    description: `Put back what was there before an earlier step wrote to ${kind.names}`,
    writes: true,
    properties: [
      ...kind.resourceProperties,
      matchByProperty(kind),
      {
        displayName: 'Created Records',
        name: 'createdRecords',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Delete', value: 'delete', description: `Delete every ${kind.noun} that was created and that nobody has changed since` },
          { name: 'Keep', value: 'keep', description: 'Leave them as they are' },
        ],
        default: 'keep',
        description: `What to do with a ${kind.noun} that was created`,
      },
      optionsProperty(editedTrailsOption, keyFieldOption, impossibleOption),
    ],

    async run(client, item) {
      const resource = await kind.readResource(client, item);
      const plan = await item.shared('trails', async (run) => await readPlan(kind, item, run));
      const trails = await plan.trailsOf(item.index, item.json);
      const output: IDataObject[] = [];
      for (const trail of trails) {
        const undo = async () => await plan.undo(trail, client, resource, item);
        const keys = plan.orderKeysOf(trail, client.instance);
        const end = await item.inOrder(`undo ${plan.groupOf(trail)}`, async () => await item.inRecordOrder(keys, undo));
        // One item may have very many: to print all of them in the end would keep everybody else from their turn.
        output.push(printEnd({ client, item, resource }, end, trails.length > 1));
      }
      return output;
    },
  };
}

function matchByProperty({ matching, noun }: RecordKind): INodeProperties {
  const byKey = { name: 'Custom Key', value: 'key', description: 'The key of your own data model' };
  const byAddress = {
    name: 'URL',
    value: 'href',
    description: 'The address that the record had. Campaign changes keys, so this is for the same day.',
  };
  const ways = {
    email: [byKey, { name: 'Email', value: 'email', description: 'The email, which must belong to one profile' }, byAddress],
    name: [{ ...byKey, name: 'Name', description: 'The name of the service' }, byAddress],
  };
  const options = matching.field === 'email' ? ways.email : matching.field === 'name' ? ways.name : [byKey, byAddress];
  const property: INodeProperties = {
    displayName: 'Match By',
    name: 'matchBy',
    type: 'options',
    noDataExpression: true,
    options,
    default: 'key',
    description: `How to find the ${noun} again that was written to`,
  };
  return matching.field === 'email' ? { ...property, default: 'email' } : property;
}

const editedTrailsOption: INodeProperties = {
  displayName: 'Edited Trails',
  name: 'editedTrails',
  type: 'options',
  options: [
    { name: 'Accept', value: 'accept', description: 'Take them as they are, e.g. to undo some of the fields only' },
    { name: 'Refuse', value: 'refuse', description: 'Undo nothing of an item whose trail is not as it was written' },
  ],
  default: 'refuse',
  description: 'What to do with a trail that was cut, edited or changed by a spreadsheet',
};

const keyFieldOption: INodeProperties = {
  displayName: 'Key Field',
  name: 'keyField',
  type: 'string',
  default: '',
  placeholder: 'e.g. cusLoyaltyId',
  description:
    "The column or changed field that has the custom key, for 'Match By: Custom Key'. Without it, the key by which the step that wrote has found the record.",
};

const impossibleOption: INodeProperties = {
  displayName: 'When a Field Cannot Be Restored',
  name: 'impossible',
  type: 'options',
  options: [
    { name: 'Fail', value: 'fail', description: 'Undo nothing of the item, and name the fields' },
    { name: 'Skip', value: 'skip', description: 'Restore the others, and name the fields in the output' },
  ],
  default: 'fail',
  description: 'What to do when a field has vanished, has become read-only, or has no empty value to go back to',
};

async function readPlan({ matching }: RecordKind, item: Item, run: Run): Promise<UndoPlan> {
  const ways = matching.field === 'email' ? (['email', 'key', 'href'] as const) : (['key', 'href'] as const);
  const reading = {
    mayBeEdited: item.choice('options.editedTrails', 'Edited Trails', ['refuse', 'accept']) === 'accept',
    keyColumn: item.text('options.keyField', 'Key Field'),
  };
  const rules = {
    matchBy: item.choice('matchBy', 'Match By', ways),
    mayDelete: item.choice('createdRecords', 'Created Records', ['keep', 'delete']) === 'delete',
    skipsImpossible: item.choice('options.impossible', 'When a Field Cannot Be Restored', ['fail', 'skip']) === 'skip',
    warn: item.warn,
  };
  return await UndoPlan.read(jsonOf(run), reading, rules, run.signal);
}

function* jsonOf(run: Run): Generator<IDataObject, void, undefined> {
  for (const { json } of run.items()) yield json;
}

/** An item with one trail fails with it; one with many says which ones failed, and loses nothing of the others. */
function printEnd(
  step: { readonly client: CampaignClient; readonly item: Item; readonly resource: CampaignResource },
  end: UndoEnd,
  isOneOfMany: boolean,
): IDataObject {
  if ('result' in end) {
    step.item.tellOutcome(end.result.outcome);
    return undoItem(step.client, step.item, end);
  }
  if (!isOneOfMany) throw end.error;
  const { email, key } = end.trail;
  return { outcome: 'failed', email, key, reason: end.error instanceof Error ? end.error.message : textOf(end.error) };
}
