import { refuse } from '../errors';
import type { RecordStore, StoredRecord } from '../records/store';
import type { Scene } from '../scene';
import type { CollectionPath, Order } from './query';

interface CachedResult {
  readonly version: number;
  readonly ids: readonly number[];
}

/** Enough for several readers that page through different queries at once. */
const CACHED_QUERIES = 16;

/** Ids of the rows of recent queries, so that the pages of a long list do not sort the table again and again. */
const caches = new WeakMap<RecordStore, Map<string, CachedResult>>();

/**
 * Ids of the matching records in the order asked for; several filters mean AND (Adobe: Filtering).
 * @param identity what `queryIdentity` returned
 */
export function resultIds(path: CollectionPath, order: Order | null, identity: string, scene: Scene): readonly number[] {
  const { store, entity, place } = scene;
  if (path.filters.length === 0 && order === null && place.scope === null && entity.isListed === null) return store.ids();
  if (path.filters.some(({ isVolatile }) => isVolatile)) return computedIds(path, order, scene);
  const cache = caches.get(store) ?? new Map<string, CachedResult>();
  caches.set(store, cache);
  const assumed = JSON.stringify(scene.instance.assumptions);
  const key = identity + assumed;
  const cached = cache.get(key);
  if (cached?.version === store.version) return cached.ids;

  const ids = computedIds(path, order, scene);
  cache.delete(key);
  cache.set(key, { version: store.version, ids });
  const [oldest] = cache.keys();
  if (cache.size > CACHED_QUERIES && oldest !== undefined) cache.delete(oldest);
  return ids;
}

function computedIds(path: CollectionPath, order: Order | null, scene: Scene): readonly number[] {
  const { isListed } = scene.entity;
  const all = matching(path, scene);
  const records = isListed === null ? all : all.filter((record) => isListed(record, scene.instance.assumptions));
  return (order === null ? records : sorted(records, order)).map(({ id }) => id);
}

function matching(path: CollectionPath, { call, instance, store, view, place }: Scene): StoredRecord[] {
  let records = place.scope === null ? null : store.findBy(place.scope.attribute, place.scope.value);
  for (const filter of path.filters) {
    const condition = filter.condition(call.query, view, instance);
    if (condition.kind === 'absent') {
      if (instance.assumptions.emptyFilterParameter === 'error') refuse({ kind: 'generic' });
      if (instance.assumptions.emptyFilterParameter === 'matchesNothing') return [];
      continue;
    }
    if (condition.kind === 'test') {
      records = (records ?? store.all()).filter(condition.matches);
      continue;
    }
    const { attribute, value } = condition;
    records = records === null ? store.findBy(attribute, value) : records.filter((record) => record[attribute] === value);
  }
  return records ?? store.all();
}

/** Sorts by code unit; records that compare equal stay in order of creation. */
function sorted(records: readonly StoredRecord[], { attribute, isDescending }: Order): StoredRecord[] {
  const factor = isDescending ? -1 : 1;
  return [...records].sort((one, other) => {
    const left = one[attribute] ?? '';
    const right = other[attribute] ?? '';
    if (left === right) return 0;
    return left < right ? -factor : factor;
  });
}
