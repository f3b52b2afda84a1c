import type { IDataObject } from 'n8n-workflow';

import type { CampaignRecord } from './records';

/** What earlier items of a preview would have left of a record. */
type PlannedState = { readonly is: 'new' | 'changed'; readonly fields: IDataObject } | { readonly is: 'gone' };

/**
 * What a preview would have written so far: later items of the run find it as if it were there, so that the second row of a new
 * person previews as an update of the first. Nothing of it leaves the process.
 */
export class Preview {
  private readonly states = new Map<string, PlannedState>();
  private readonly presences = new Map<string, boolean>();

  /**
   * The record that an earlier item would have created; undefined where none would.
   *
   * @param key what tells records apart, as `recordKeyOf` has it
   */
  newRecord(key: string): CampaignRecord | undefined {
    const state = this.states.get(key);
    return state?.is === 'new' ? state.fields : undefined;
  }

  /** The record as it would be found now; undefined where an earlier item would have deleted it. */
  asPlanned(key: string, record: CampaignRecord): CampaignRecord | undefined {
    const state = this.states.get(key);
    if (!state) return record;
    return state.is === 'gone' ? undefined : { ...record, ...state.fields };
  }

  planNew(key: string, fields: IDataObject): void {
    this.states.set(key, { is: 'new', fields });
  }

  planChange(key: string, fields: IDataObject): void {
    const state = this.states.get(key);
    const { is, fields: earlier } = state && state.is !== 'gone' ? state : { is: 'changed' as const, fields: {} };
    this.states.set(key, { is, fields: { ...earlier, ...fields } });
  }

  /** A record goes by another key from now on. */
  rename(before: string, after: string): void {
    const state = this.states.get(before);
    if (state) this.states.set(after, state);
  }

  planRemoval(key: string): void {
    this.states.set(key, { is: 'gone' });
  }

  /**
   * Whether something that either is there or is not, such as a subscription, would be there now.
   *
   * @param isThere whether Campaign has it
   */
  wouldBeThere(key: string, isThere: boolean): boolean {
    return this.presences.get(key) ?? isThere;
  }

  planPresence(key: string, isThere: boolean): void {
    this.presences.set(key, isThere);
  }
}
