import type { IDataObject } from 'n8n-workflow';

import type { CampaignClient } from '../../campaign/client';
import type { Trail } from '../../campaign/undo/readTrails';
import type { UndoOutcome, UndoResult } from '../../campaign/undo/undoing';
import { printTrail, timeOfWrite } from '../../campaign/write/trail';
import type { Item } from '../../execution/item';
import { changeList } from './changeList';
import { writtenFields } from './output';
import { timeOfCreation } from './trailOutput';

const PLANNED: Readonly<Record<UndoOutcome, string>> = {
  restored: 'wouldRestore',
  partlyRestored: 'wouldRestorePartly',
  skipped: 'skipped',
  alreadyRestored: 'alreadyRestored',
};

/** What became of one trail; a trail of its own, because an undo can be undone. */
export function undoItem(
  client: CampaignClient,
  item: Item,
  { trail, result }: { readonly trail: Trail; readonly result: UndoResult },
): IDataObject {
  const { outcome, done, changes, skipped, record = {} } = result;
  const { organization, api, resource, email, key } = trail;
  const known = { ...(email === undefined ? {} : { email }), ...(key === undefined ? {} : { key }) };
  const identity = done === 'deleted' ? {} : writtenFields(record);
  const output = {
    outcome: client.preview ? PLANNED[outcome] : outcome,
    ...known,
    ...identity,
    skipped: skipped.map((field) => ({ ...field })) as IDataObject[],
    ...changeList(changes),
  };
  if (client.preview) return output;
  const href = typeof identity.href === 'string' ? { href: identity.href } : {};
  const after = typeof record.email === 'string' && record.email !== '' && email !== undefined ? { email: record.email } : known;
  const mark = {
    organization,
    api,
    resource,
    done,
    at: timeOfWrite(item.clock.now()),
    ...known,
    ...after,
    ...href,
    ...timeOfCreation(record),
  };
  return { ...output, trail: printTrail(mark, changes) };
}
