import { CampaignError, type CampaignErrorDetails } from '../../../nodes/shared/campaign/error';

/** What a task threw, for tests that look at more than the message. */
export function thrownBy(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

/** What a promise was rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => {
      throw new Error('Nothing was thrown');
    },
    (error: unknown) => error,
  );
}

/** The details of a `CampaignError`; anything else is thrown on. */
export function detailsOf(error: unknown): CampaignErrorDetails {
  if (error instanceof CampaignError) return error.details;
  throw error;
}

/** The details of the `CampaignError` that a task threw. */
export function refusalBy(task: () => unknown): CampaignErrorDetails {
  return detailsOf(thrownBy(task));
}

/** The details of the `CampaignError` that a promise was rejected with. */
export async function refusalOf(promise: Promise<unknown>): Promise<CampaignErrorDetails> {
  return detailsOf(await rejectionOf(promise));
}
