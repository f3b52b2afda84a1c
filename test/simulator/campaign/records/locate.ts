import { refuse, type Problem } from '../errors';
import { isCustomResource } from '../model/entity';
import { endpointOf } from '../resource';
import type { Scene } from '../scene';
import type { JsonObject } from './write';
import type { RecordStore, StoredRecord } from './store';

/** A record and how the caller named it. */
export interface Located {
  readonly record: StoredRecord;
  /** The custom key in the URL; null if a PKey was used. */
  readonly rawKey: string | null;
}

/**
 * Finds the record that a path segment or a body names: by any PKey minted for it, or by its custom key
 * where the API called shows that attribute.
 * @throws CampaignProblem in the words of Adobe: Recommendations & limitations
 */
export function locate(key: string, place: 'uri' | 'body', { call, instance, entity: subject, store, view }: Scene): Located {
  if (key.startsWith('@')) {
    const isNameless = instance.dialect === 'acs' && isCustomResource(subject) && instance.assumptions.acsKeyOfCustomResource === 'generic';
    const undecryptable: Problem = isNameless
      ? { kind: 'generic' }
      : { kind: 'undecryptableKey', key, place, endpoint: endpointOf(call), subject };
    const target = instance.keys.open(key);
    if (target?.type !== store.entity.name) return refuse(undecryptable);
    const record = store.get(target.id);
    if (record !== undefined) return { record, rawKey: null };
    if (instance.assumptions.deletedRecordKey === 'undecryptable') return refuse(undecryptable);
    return refuse({ kind: 'unknownRawKey', key: String(target.id), place, subject });
  }

  const isAddressable = !isCustomResource(subject) || instance.assumptions.customResourceByKey === 'accepted';
  const customKey = isAddressable && subject.customKey !== null && view.byName.has(subject.customKey) ? subject.customKey : null;
  // Without a custom key the raw key is the numeric id of the database, so other text does not even convert.
  if (customKey === null && place === 'uri' && !/^\d+$/.test(key)) {
    return refuse({ kind: 'segmentIsNoKey', segment: key, endpoint: endpointOf(call) });
  }
  const record = customKey === null || key === '' ? undefined : store.findBy(customKey, key)[0];
  return record === undefined ? refuse({ kind: 'unknownRawKey', key, place, subject }) : { record, rawKey: key };
}

/**
 * Checks the keys in the body of a PATCH against the record in its URL. Custom keys cannot be changed
 * (Adobe: Must-read), and a PKey in the body has to be one of the same record.
 */
export function checkKeysInBody(body: JsonObject, { record, rawKey }: Located, scene: Scene): void {
  const { entity: subject, store, instance } = scene;
  if (typeof body.PKey === 'string') {
    const named = locate(body.PKey, 'body', scene);
    if (named.record.id !== record.id) refuse({ kind: 'generic' });
  }
  const { customKey } = subject;
  const given = customKey === null ? undefined : body[customKey];
  if (customKey === null || typeof given !== 'string') return;
  const current = record[customKey];
  if (given === current || current === '') return checkUnused(customKey, given, record.id, store);
  if (rawKey === null) checkUnused(customKey, given, record.id, store);
  if (rawKey === null && instance.assumptions.customKeyChangeByPKey === 'accepted') return;
  refuse({ kind: 'keyChange', from: String(current), to: given, subject });
}

/** @throws CampaignProblem if another record has the custom key */
export function checkUnused(customKey: string, key: string, ownId: number | null, store: RecordStore): void {
  const isTaken = key !== '' && store.findBy(customKey, key).some(({ id }) => id !== ownId);
  if (isTaken) refuse({ kind: 'duplicateKey', key, attribute: customKey, subject: store.entity });
}
