import type { IDataObject } from 'n8n-workflow';

import { CampaignError, invalidInput } from '../error';
import type { FieldChange } from '../fields/prepareFields';
import { isObject, ownValue, parseJson, textOf } from '../records';
import { isEmpty, show, trimmed } from '../scalars';
import type { ApiName } from '../urls';
import { checkOf, DEEDS, type TrailMark } from '../write/trail';
import { listOf, nested } from './flatColumns';

/** A write as it was recorded. */
export interface Trail extends TrailMark {
  readonly changes: readonly FieldChange[];
  /** ms since 1970. */
  readonly time: number;
}

/** How trails are read. */
export interface TrailReading {
  /** Whether one is taken that is not as it was written. */
  readonly mayBeEdited: boolean;
  /** The column, or field among the changes, that has the custom key; blank for the key that the trail has. */
  readonly keyColumn: string;
}

const APIS: readonly ApiName[] = ['profileAndServices', 'profileAndServicesExt', 'customResources'];
/** An execution has its items this deep, and nobody nests deeper. */
const DEEPEST = 12;

/**
 * Finds the trails in an item: the item itself, as JSON or as a row of a table, or whatever holds items, as a list or the data of an
 * execution. One that is there several times, because steps handed it on, counts once.
 *
 * @param yieldTurn lets others have their turn, where it is time: one item may hold all that an execution has written
 * @throws CampaignError `invalidInput` saying what is wrong with the item
 */
export async function readTrails(item: IDataObject, reading: TrailReading, yieldTurn: () => Promise<void>): Promise<Trail[]> {
  const trails = new Map<string, Trail>();
  const found = hasTrail(item) ? [item] : itemsWithin(item, DEEPEST);
  for (const part of found) {
    await yieldTurn();
    if (!part) continue;
    const trail = readTrail(part, reading);
    trails.set(JSON.stringify(trail), trail);
  }
  if (trails.size === 0) throw noTrail(item);
  return [...trails.values()];
}

function hasTrail(item: IDataObject): boolean {
  return !isEmpty(item.trail) || Object.keys(item).some((name) => name.startsWith('trail.'));
}

/** Goes through all that a value holds. Yields the items that a write has put out, and undefined for every other object and list. */
function* itemsWithin(value: unknown, depth: number): Generator<IDataObject | undefined, void, undefined> {
  if (depth === 0 || typeof value !== 'object' || value === null) return;
  if (isWritten(value)) {
    yield value;
    return;
  }
  yield undefined;
  for (const part of Object.values(value)) yield* itemsWithin(part, depth - 1);
}

/** Whether it is an item that a write has put out. */
function isWritten(value: unknown): value is IDataObject {
  return isObject(value) && isObject(value.trail) && Object.hasOwn(value, 'changes');
}

function readTrail(item: IDataObject, { mayBeEdited, keyColumn }: TrailReading): Trail {
  const mark = readMark(item);
  const changes = readChanges(item);
  if (!mayBeEdited && textOf(readTrailObject(item).check) !== checkOf(mark, changes)) throw notAsWritten();
  const trail = { ...mark, changes, time: Date.parse(mark.at) };
  return keyColumn === '' ? trail : { ...trail, key: keyIn(item, trail, keyColumn) };
}

function readTrailObject(item: IDataObject): IDataObject {
  const trail =
    typeof item.trail === 'string' && !isEmpty(item.trail) ? parseJson(trimmed(item.trail)) : (item.trail ?? nested(item, 'trail'));
  if (isObject(trail)) return trail;
  throw invalidInput(`'trail' is ${show(trail ?? item.trail)}, and not what a write left there`, ADVICE);
}

function keyIn(item: IDataObject, { changes, done, key }: Trail, column: string): string | undefined {
  const change = changes.find(({ field }) => field === column);
  const found = change && (done === 'deleted' ? change.before : change.after);
  const text = textOf(ownValue(item, column) ?? found);
  return text === '' ? key : text;
}

function readMark(item: IDataObject): TrailMark {
  const trail = readTrailObject(item);
  const required = (name: string): string => {
    const text = trimmed(textOf(trail[name]));
    if (text !== '') return text;
    throw invalidInput(`The trail has no '${name}': it was cut or edited`, ADVICE);
  };
  const optional = (name: string): object => (isEmpty(trail[name]) ? {} : { [name]: textOf(trail[name]) });
  const [apiName, deed] = [required('api'), required('done')];
  const [api, done] = [APIS.find((name) => name === apiName), DEEDS.find((name) => name === deed)];
  if (!api) throw invalidInput(`'${apiName}' in the trail is no API of Campaign`, ADVICE);
  if (!done) throw invalidInput(`'${deed}' in the trail is nothing that a write does`, ADVICE);
  const at = required('at');
  if (Number.isNaN(Date.parse(at))) throw invalidInput(`'${at}' in the trail is no time`, ADVICE);
  const names = { organization: required('organization'), api, resource: required('resource'), done, at };
  return { ...names, ...optional('email'), ...optional('key'), ...optional('href'), ...optional('created'), ...optional('twins') };
}

function readChanges(item: IDataObject): FieldChange[] {
  const given = typeof item.changes === 'string' && !isEmpty(item.changes) ? parseJson(trimmed(item.changes)) : item.changes;
  const changes: unknown = isEmpty(given) && !isEmpty(item.changes) ? undefined : isEmpty(given) ? listOf(item, 'changes') : given;
  if (!Array.isArray(changes)) throw invalidInput(`'changes' is not the list that a write left there: ${show(item.changes)}`, ADVICE);
  return changes.map((change: unknown, index) => {
    if (!isObject(change) || isEmpty(change.field))
      throw invalidInput(`Change ${index + 1} of the trail has no field: it was cut or edited`, ADVICE);
    for (const side of ['before', 'after'])
      if (!Object.hasOwn(change, side))
        throw invalidInput(`Change ${index + 1} of the trail has no '${side}': it was cut or edited`, ADVICE);
    return { field: textOf(change.field), before: change.before ?? null, after: change.after ?? null };
  });
}

const ADVICE = "Nothing was undone for this item. Take what the step with 'Include Changes' put out, as it is.";

function notAsWritten(): CampaignError {
  return invalidInput(
    'The trail is not as it was written: it was cut, edited, or changed by a spreadsheet',
    "Nothing was undone for this item. Take the file as it was written, or set 'Edited Trails' under 'Options' to 'Accept'.",
  );
}

function noTrail(item: IDataObject): CampaignError {
  if (!isEmpty(item.error)) {
    return invalidInput(
      `The item is that of a write that failed: ${show(item.error)}`,
      'There is nothing to take back, unless the outcome was unknown: then look at the record. Leave such items out.',
    );
  }
  const hasChanges = Object.keys(item).some((name) => name === 'changes' || name.startsWith('changes.'));
  if (hasChanges) return invalidInput("The item has changes, but no 'trail': it was cut, or comes from a preview", ADVICE);
  return invalidInput(
    'The item has no changes to undo',
    "Turn on 'Include Changes' under 'Options' of the step that writes, and hand its output on, or what was stored of it.",
  );
}
