import { json, type Answer } from '../../answers';
import { refuse } from '../errors';
import { absoluteHref, type CampaignInstance } from '../instance';
import { viewOf } from '../model/entity';
import { renderAttribute, renderRecord } from '../records/render';
import type { RecordStore } from '../records/store';
import { endpointOf, type Call } from '../resource';
import { lineCountOf, orderOf, queryIdentity, type CollectionPath } from './query';
import { resultIds } from './results';

/** Answers GET on a collection, an attribute of it, or its `_count`. Adobe: Pagination, Counting, Sorting, Filtering. */
export function answerCollection(call: Call, path: CollectionPath, store: RecordStore, instance: CampaignInstance): Answer {
  const view = viewOf(store.entity, call.api, instance.dialect);
  const order = orderOf(call, view, instance);
  const identity = queryIdentity(call, path, order, instance);
  const offset = offsetOf(call, identity, instance);
  const ids = resultIds(call, path, order, identity, store, view, instance);
  if (path.isCount) return countAnswer(call, ids.length, instance);

  const lineCount = lineCountOf(call, instance);
  const page = ids.slice(offset, offset + lineCount);
  const content = page.flatMap((id): unknown[] => {
    const record = store.get(id);
    if (record === undefined) return [];
    if (path.attribute !== null) return [renderAttribute(store.entity, view, path.attribute, record, instance)];
    return [renderRecord(store.entity, view, record, instance, true)];
  });

  const end = offset + page.length;
  const { assumptions, settings } = instance;
  const isFullLastPage = assumptions.emptyLastPage && page.length === lineCount;
  const hasMore = end < ids.length || isFullLastPage;
  const isHidden = hasMore && store.size > settings.bigTableThreshold && call.query.get('_forcePagination') !== 'true';
  const cursor = instance.cursors.mint(end, identity);
  const fitsOnePage = !hasMore && (offset === 0 || assumptions.countValueOnLastPage);
  const count = { href: countHref(call, path, cursor, instance), ...(fitsOnePage ? { value: ids.length } : {}) };
  const next = hasMore && !isHidden ? { next: { href: nextHref(call, path, cursor, instance) } } : {};

  // Adobe: Recommendations & limitations: only v8 counts and announces pagination when an attribute is queried.
  if (path.attribute !== null && instance.dialect === 'acs') return json(200, { content, ...next });
  const serverSidePagination = isHidden ? assumptions.serverSidePaginationOnBigTable : true;
  return json(200, { content, count, ...next, serverSidePagination });
}

function offsetOf(call: Call, identity: string, instance: CampaignInstance): number {
  const text = call.query.get('_lineStart');
  if (text === null) return 0;
  const cursor = instance.cursors.open(text);
  if (cursor === null) return refuse({ kind: 'generic' });
  const isForeign = !instance.cursors.belongsTo(cursor, identity);
  if (isForeign && instance.assumptions.cursorOfAnotherQuery === 'error') return refuse({ kind: 'generic' });
  return cursor.offset;
}

function countAnswer(call: Call, count: number, instance: CampaignInstance): Answer {
  const isAsPrinted = call.path.includes('//');
  if (!isAsPrinted && instance.assumptions.singleSlashCount === 'rejected') refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  return json(200, { count });
}

/** Real instances print `profile//_count` and `profile//byEmail/_count`; a client must not tidy that up. */
function countHref(call: Call, path: CollectionPath, cursor: string, instance: CampaignInstance): string {
  const segments = [...segmentsOf(path, instance), '_count'].join('/');
  return absoluteHref(instance, `${call.api}/${call.resource}//${segments}?${withCursor(call, cursor)}`);
}

function nextHref(call: Call, path: CollectionPath, cursor: string, instance: CampaignInstance): string {
  const relative = `${call.api}/${call.resource}/${segmentsOf(path, instance).join('/')}?${withCursor(call, cursor)}`;
  return instance.settings.relativeNextHrefs ? `/${relative}` : absoluteHref(instance, relative);
}

function segmentsOf(path: CollectionPath, instance: CampaignInstance): string[] {
  const filters = path.filters.map((filter) => filter.names[instance.dialect]);
  return path.attribute === null ? filters : [...filters, path.attribute.apiName];
}

/** The parameters of the call, so that the next page is filtered and sorted alike, with the new `_lineStart` last. */
function withCursor(call: Call, cursor: string): string {
  const kept = call.queryText.split('&').filter((parameter) => parameter !== '' && !parameter.startsWith('_lineStart='));
  return [...kept, `_lineStart=${cursor}`].join('&');
}
