import type { CampaignClient } from '../campaign/client';
import { CampaignError } from '../campaign/error';
import { recordKeyOf, type RecordReference } from '../campaign/find/references';
import type { KeyField } from '../campaign/lookUp/keyField';
import { ListedRecords } from '../campaign/lookUp/listedRecords';
import { openList, type KnownColumn, type ListRefusal } from '../campaign/lookUp/readListed';
import { withCommas } from '../campaign/scalars';
import type { CampaignResource } from '../campaign/urls';
import type { Item, Run } from '../execution/item';
import { watchRecords } from '../execution/recordOrder';
import { Stint } from '../transport/turns';
import type { MatchedRecord } from '../ui/record/matchedRecord';
import type { OutputShape } from '../ui/record/output';
import type { RecordKind } from '../ui/record/recordKind';

/** With fewer items the answer to how long the list is costs more than it may save. */
const FEWEST_ITEMS = 20;
/** Look-ups that may show which field is the key. */
const SAMPLES = 3;

/** What the items of a run have in common that are looked up together. */
export interface LookedUpTogether {
  readonly kind: RecordKind;
  readonly resource: CampaignResource;
  /** Whose record an item is about. @throws CampaignError */
  readonly match: (item: Item) => MatchedRecord | undefined;
  /** What the output has of a record. */
  readonly shape: OutputShape;
}

/** What the items ask the list for. */
export interface ListRequest extends LookedUpTogether {
  readonly by: 'email' | 'key';
  /** Whether it has to save at least half of the requests. */
  readonly onlyIfShort: boolean;
}

/** The records that a list has shown. */
export interface FromList {
  readonly field: KeyField;
  readonly listed: ListedRecords;
}

/** What all items ask for. */
interface Wanted {
  readonly keys: Set<string>;
  readonly samples: RecordReference[];
  /** Undefined where somebody writes fields that are not known yet. */
  fields: Set<string> | undefined;
  column: string | undefined;
}

/** What a list can show of a reference; undefined where it shows nothing. */
export function waysOf(reference: RecordReference): 'email' | 'key' | undefined {
  if (reference.by === 'email') return 'email';
  return reference.by === 'address' && reference.key !== undefined ? 'key' : undefined;
}

/**
 * Reads the list of a resource for all items of a run, and says in the output panel what was done, and why.
 *
 * @returns undefined where every record has to be looked up alone
 * @throws TransportError `cancelled` when the workflow is stopped
 */
export async function listForAll(client: CampaignClient, run: Run, request: ListRequest): Promise<FromList | undefined> {
  const { kind, resource, by, onlyIfShort, shape } = request;
  if (onlyIfShort && run.itemCount < FEWEST_ITEMS) return undefined;
  // With another resource for each item there is no one list for all.
  if (!['options.api', 'customResource'].every((name) => run.parameters.isConstant(name))) return undefined;
  const { keys, samples, fields, column } = await collectWanted(client, run, request);
  const listed = new ListedRecords(keys);
  run.onEnd(
    watchRecords((key, owner) => {
      if (owner !== run) listed.distrust(key);
    }),
  );

  const tell = (outcome: string): void => {
    run.notes.say(`${counted(run.itemCount, 'row')}, ${outcome}`);
  };
  const known: KnownColumn | undefined =
    kind.keyField !== undefined
      ? { name: kind.keyField, isCertain: true }
      : column === undefined
        ? undefined
        : { name: column, isCertain: false };
  const isShapedAlike = ['options.readBack', 'output', 'selectedFields'].every((name) => run.parameters.isConstant(name));
  const wanted = { resource, listed, by, column: known, samples, fields: isShapedAlike ? fields : undefined, shape };
  const opened = await openList(client, wanted, onlyIfShort).catch(async (error: unknown) => {
    if (!(error instanceof CampaignError)) return await Promise.reject(error);
    tell(unreadableList(kind, error));
    return undefined;
  });
  if (!opened || 'why' in opened) {
    if (opened) tell(whyNot(opened, kind, listed.size));
    return undefined;
  }
  const lookUps = counted(listed.size, 'look-up');
  let isOver = false;
  run.onEnd(() => {
    if (!isOver) tell(`read a part of the list of ${kind.names} instead of ${lookUps}`);
    isOver = true;
  });
  const reading = opened
    .read(() => !isOver && run.mayGoOn())
    .then(
      (read) => {
        if (!read) return false;
        const isRead = !('why' in read);
        if (isRead) tell(`${withCommas(read.records)} ${kind.names}: read ${counted(read.pages, 'page')} instead of ${lookUps}`);
        else tell(whyNot(read, kind, listed.size));
        return isRead;
      },
      (error: unknown) => {
        if (error instanceof CampaignError) tell(unreadableList(kind, error));
        return false;
      },
    )
    .finally(() => {
      isOver = true;
      listed.end();
    });
  // A key is there once: its item goes on as soon as its record has come by. Of an email there may be another one on the last page.
  return by === 'key' || (await reading) ? { field: opened.field, listed } : undefined;
}

function unreadableList({ names }: RecordKind, { message }: CampaignError): string {
  return `looked up one by one, because the list of ${names} could not be read: ${message}`;
}

/** An item whose record cannot be told fails by itself, when its turn comes. */
async function collectWanted(client: CampaignClient, run: Run, { resource, match, by }: ListRequest): Promise<Wanted> {
  const wanted: Wanted = { keys: new Set(), samples: [], fields: new Set(), column: undefined };
  const stint = new Stint();
  for (const item of run.items()) {
    await stint.stepOrYield(run.signal);
    const matched = matchOrNot(match, item);
    if (!matched || waysOf(matched.reference) !== by) continue;
    if (wanted.keys.size === 0) wanted.column = matched.column;
    if (matched.column !== wanted.column) continue;
    wanted.keys.add(recordKeyOf(client.instance, resource.name, matched.reference));
    if (wanted.samples.length < SAMPLES) wanted.samples.push(matched.reference);
    if (!matched.fields) wanted.fields = undefined;
    else for (const field of matched.fields) wanted.fields?.add(field);
  }
  return wanted;
}

function matchOrNot(match: LookedUpTogether['match'], item: Item): MatchedRecord | undefined {
  try {
    return match(item);
  } catch {
    return undefined;
  }
}

function whyNot(refusal: ListRefusal, { names }: RecordKind, keys: number): string {
  switch (refusal.why) {
    case 'tooLong':
      return `${withCommas(refusal.records)} ${names}: looked up one by one, because reading ${counted(refusal.pages, 'page')} would not save half of ${counted(keys, 'look-up')}`;
    case 'uncounted':
      return `looked up one by one, because Campaign does not say how many ${names} there are`;
    case 'slipping':
      return `looked up one by one, because ${names} were deleted while their list was read`;
    case 'noKeyField':
      return `looked up one by one, because the list of ${names} does not show which field has the key`;
  }
}

function counted(count: number, noun: string): string {
  return `${withCommas(count)} ${noun}${count === 1 ? '' : 's'}`;
}
