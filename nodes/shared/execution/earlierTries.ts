import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CampaignError, type CampaignErrorReason } from '../campaign/error';

/** An item that is done. */
export interface Completed {
  readonly output: INodeExecutionData[];
  /** How its records ended, for the summary. */
  readonly ends: readonly string[];
}

/** What became of an item that nothing more is sent for: it is done, or it may be. */
export type Fate = Completed | { readonly doubt: CampaignError };

/** Failures behind which Campaign may have done what it was asked to. */
const MAY_BE_DONE: ReadonlySet<CampaignErrorReason> = new Set(['deadlinePassed', 'notDelivered', 'notVerified', 'outcomeUnknown']);

/** By item, and by the run of a step that it went into; n8n forgets the items with the execution. */
const fates = new WeakMap<INodeExecutionData, Map<string, Fate>>();

/**
 * What earlier tries of a run have come to. With *Retry On Fail* n8n calls the step again with the same items when one has failed, also
 * with those that are done: without this, every one of them would be created or sent once more.
 */
export class EarlierTries {
  private constructor(private readonly run: string) {}

  /** @returns undefined where n8n does not try again */
  static of(context: IExecuteFunctions): EarlierTries | undefined {
    const { id, retryOnFail } = context.getNode();
    if (retryOnFail !== true) return undefined;
    return new EarlierTries(JSON.stringify([context.getExecutionId(), id, context.getWorkflowDataProxy(0).$runIndex]));
  }

  fateOf(item: INodeExecutionData): Fate | undefined {
    return fates.get(item)?.get(this.run);
  }

  keep(item: INodeExecutionData, fate: Fate): void {
    const known = fates.get(item) ?? new Map<string, Fate>();
    fates.set(item, known.set(this.run, fate));
  }
}

/** The error of an item that may be done already; undefined where nothing was done. */
export function doubtOf(error: unknown): CampaignError | undefined {
  return error instanceof CampaignError && MAY_BE_DONE.has(error.details.reason) ? error : undefined;
}

/** The error of an item that was under way when another one ended the try. */
export function underWay(): CampaignError {
  return new CampaignError({
    reason: 'outcomeUnknown',
    message: 'The item was under way when an earlier try ended; what was sent for it may have been carried out',
    description: "Look in Campaign before you send it again. With 'On Error' set to continue, no item ends what others have under way.",
  });
}
