import { json, type Answer } from '../../answers';
import type { Dialect } from '../../options';
import { refuse } from '../errors';
import { absoluteHref } from '../instance';
import { renderAttribute, renderRecord } from '../records/render';
import { endpointOf, type Call } from '../resource';
import type { Scene } from '../scene';
import { lineCountOf, orderOf, queryIdentity, type CollectionPath } from './query';
import { resultIds } from './results';

/** Answers GET on a collection, an attribute of it, or its `_count`. Adobe: Pagination, Counting, Sorting, Filtering. */
export function answerCollection(path: CollectionPath, scene: Scene): Answer {
  const { call, instance, store } = scene;
  const order = orderOf(scene);
  const identity = queryIdentity(path, order, scene);
  const offset = offsetOf(identity, scene);
  const ids = resultIds(path, order, identity, scene);
  if (path.isCount) return countAnswer(ids.length, scene);

  const lineCount = lineCountOf(scene);
  const page = ids.slice(offset, offset + lineCount);
  const content = page.flatMap((id): unknown[] => {
    const record = store.get(id);
    if (record === undefined) return [];
    return [path.attribute === null ? renderRecord(record, scene) : renderAttribute(path.attribute, record, scene)];
  });

  const end = offset + page.length;
  const { assumptions, settings } = instance;
  const isFullLastPage = assumptions.emptyLastPage && page.length === lineCount;
  const hasMore = end < ids.length || isFullLastPage;
  const isHidden = hasMore && store.size > settings.bigTableThreshold && call.query.get('_forcePagination') !== 'true';
  const cursor = instance.cursors.mint(end, identity);
  const fitsOnePage = !hasMore && (offset === 0 || assumptions.countValueOnLastPage);
  const count = { href: countHref(path, cursor, scene), ...(fitsOnePage ? { value: ids.length } : {}) };
  const next = hasMore && !isHidden ? { next: { href: nextHref(path, cursor, scene) } } : {};

  // Adobe: Recommendations & limitations: only v8 counts and announces pagination when an attribute is queried.
  if (path.attribute !== null && instance.dialect === 'acs') return json(200, { content, ...next });
  const serverSidePagination = isHidden ? assumptions.serverSidePaginationOnBigTable : true;
  return json(200, { content, count, ...next, serverSidePagination });
}

function offsetOf(identity: string, { call, instance }: Scene): number {
  const text = call.query.get('_lineStart');
  if (text === null) return 0;
  const cursor = instance.cursors.open(text);
  if (cursor === null) return refuse({ kind: 'generic' });
  const isForeign = !instance.cursors.belongsTo(cursor, identity);
  if (isForeign && instance.assumptions.cursorOfAnotherQuery === 'error') return refuse({ kind: 'generic' });
  return cursor.offset;
}

function countAnswer(count: number, { call, instance }: Scene): Answer {
  const isTolerated = call.path.includes('//') || instance.assumptions.singleSlashCount === 'accepted';
  if (!isTolerated) refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  return json(200, { count });
}

/** Real instances print `profile//_count` and `profile//byEmail/_count`; a client must not tidy that up. */
function countHref(path: CollectionPath, cursor: string, { call, instance, place }: Scene): string {
  const segments = [...segmentsOf(path, instance.dialect), '_count'].join('/');
  return absoluteHref(instance, `${call.api}/${place.path}//${segments}?${withCursor(call, cursor)}`);
}

function nextHref(path: CollectionPath, cursor: string, { call, instance, place }: Scene): string {
  const dropped = instance.assumptions.nextForcePagination === 'dropped' ? ['_forcePagination'] : [];
  const relative = `${call.api}/${place.path}/${segmentsOf(path, instance.dialect).join('/')}?${withCursor(call, cursor, dropped)}`;
  return instance.settings.relativeNextHrefs ? `/${relative}` : absoluteHref(instance, relative);
}

function segmentsOf(path: CollectionPath, dialect: Dialect): string[] {
  const filters = path.filters.map((filter) => filter.names[dialect]);
  return path.attribute === null ? filters : [...filters, path.attribute.apiName];
}

/** The parameters of the call, so that the next page is filtered and sorted alike, with the new `_lineStart` last. */
function withCursor(call: Call, cursor: string, dropped: readonly string[] = []): string {
  const left = ['', '_lineStart', ...dropped];
  const kept = call.queryText.split('&').filter((parameter) => !left.includes(parameter.split('=')[0] ?? ''));
  return [...kept, `_lineStart=${cursor}`].join('&');
}
