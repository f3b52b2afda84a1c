import { refuse } from '../errors';
import type { EntityView } from '../model/entity';
import type { Field } from '../model/field';
import type { Scene } from '../scene';
import type { Filter } from './filter';

const DEFAULT_LINE_COUNT = 25;

/** The parameters that are Campaign's own; a filter's may begin with an underscore too, as `_parameter` does. */
const SERVER_PARAMETERS: ReadonlySet<string> = new Set(['_lineCount', '_lineStart', '_order', '_forcePagination']);

/** `profile[/filter…][/attribute][/_count]` */
export interface CollectionPath {
  readonly filters: readonly Filter[];
  readonly attribute: Field | null;
  readonly isCount: boolean;
}

/** `_order`; null: in order of creation. */
export interface Order {
  readonly attribute: string;
  readonly isDescending: boolean;
}

/** Reads the segments after the resource as a collection; null if they name something else. */
export function parseCollectionPath(segments: readonly string[], view: EntityView): CollectionPath | null {
  const filters: Filter[] = [];
  let rest = segments;
  for (let filter = view.filters.get(rest[0] ?? ''); filter !== undefined; filter = view.filters.get(rest[0] ?? '')) {
    filters.push(filter);
    rest = rest.slice(1);
  }
  const field = view.byName.get(rest[0] ?? '');
  const attribute = field?.printed === true ? field : null;
  if (attribute !== null) rest = rest.slice(1);
  const isCount = rest[0] === '_count';
  if (isCount) rest = rest.slice(1);
  return rest.length === 0 ? { filters, attribute, isCount } : null;
}

/** Rows asked for. @throws CampaignProblem for a `_lineCount` that is no positive integer, unless assumed otherwise */
export function lineCountOf({ call, instance }: Scene): number {
  const given = call.query.get('_lineCount');
  if (given === null) return DEFAULT_LINE_COUNT;
  const { invalidLineCount, maximumLineCount } = instance.assumptions;
  const isValid = /^\d+$/.test(given) && Number(given) > 0;
  if (!isValid) return invalidLineCount === 'default' ? DEFAULT_LINE_COUNT : refuse({ kind: 'generic' });
  return Math.min(Number(given), maximumLineCount ?? Infinity);
}

/** Adobe: Sorting: an attribute, or an attribute, a space and desc. @throws CampaignProblem for anything else */
export function orderOf({ call, view, instance, entity }: Scene): Order | null {
  const given = call.query.get('_order');
  if (given === null || given === '') return null;
  const [attribute = '', direction, ...more] = given.split(' ');
  const field = view.byName.get(attribute);
  const isValid = field !== undefined && isSortable(field) && (direction === undefined || direction === 'desc') && more.length === 0;
  if (isValid) return { attribute, isDescending: direction === 'desc' };
  return instance.assumptions.invalidOrder === 'ignored' ? null : refuse({ kind: 'badExpression', attribute, subject: entity });
}

/** Plain attributes can be sorted by; keys, elements and links cannot. */
export function isSortable(field: Field): boolean {
  return field.type !== 'item' && field.type !== 'link' && field.type !== 'collection' && !['PKey', 'href'].includes(field.apiName);
}

/** What a cursor belongs to: everything in the URL that decides which rows there are, and in which order. */
export function queryIdentity(path: CollectionPath, order: Order | null, { call, instance, place }: Scene): string {
  const filters = path.filters.map((filter) => filter.names[instance.dialect]);
  const parameters = [...call.query].filter(([name]) => !SERVER_PARAMETERS.has(name));
  return JSON.stringify([call.api, call.resource, place.scope, filters, parameters, order]);
}
