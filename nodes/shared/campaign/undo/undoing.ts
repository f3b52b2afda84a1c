import type { CampaignClient } from '../client';
import type { FieldChange } from '../fields/prepareFields';
import type { Warn } from '../fields/readableFields';
import type { CampaignRecord } from '../records';
import type { CampaignResource } from '../urls';
import type { Deed } from '../write/trail';
import type { Trail } from './readTrails';
import type { MatchBy, RecordFinder } from './recordFinder';

/** What the user says about all trails of a run. */
export interface UndoRules {
  /** How a record is found again. */
  readonly matchBy: MatchBy;
  /** Whether records that were created may be deleted. */
  readonly mayDelete: boolean;
  /** Whether a field that cannot be restored is left out, instead of leaving the whole record alone. */
  readonly skipsImpossible: boolean;
  /** Says something about the whole run. */
  readonly warn: Warn;
}

/** What it takes to undo one trail. */
export interface Undoing {
  readonly client: CampaignClient;
  /** Of the trail: its resource, through the API that it was written through. */
  readonly resource: CampaignResource;
  readonly rules: UndoRules;
  readonly finder: RecordFinder;
  /** Records that only together can be told from what is there. */
  readonly twins: { has(trail: Trail): boolean; undo(undoing: Undoing, trail: Trail): Promise<UndoResult> };
}

/** A field that was left alone, and why. */
export interface SkippedField {
  readonly field: string;
  readonly reason: string;
  readonly expected?: unknown;
  readonly found?: unknown;
}

export type UndoOutcome = 'restored' | 'partlyRestored' | 'skipped' | 'alreadyRestored';

/** What became of one trail. */
export interface UndoResult {
  readonly outcome: UndoOutcome;
  /** What taking it back did: an undo can be undone. */
  readonly done: Deed;
  readonly changes: readonly FieldChange[];
  readonly skipped: readonly SkippedField[];
  /** As it is now, where it was looked at. */
  readonly record?: CampaignRecord;
}

/** Nothing is to be done: it is as it was before the write. */
export function alreadyRestored(record?: CampaignRecord): UndoResult {
  return { outcome: 'alreadyRestored', done: 'unchanged', changes: [], skipped: [], record };
}

/** Nothing was done, because somebody else has been there since, or because nothing of the kind is wanted. */
export function leftAlone(skipped: readonly SkippedField[], record?: CampaignRecord): UndoResult {
  return { outcome: 'skipped', done: 'unchanged', changes: [], skipped, record };
}

/** What is said of a field that no longer holds what the write left there. */
export const CHANGED_SINCE = 'changed since';
