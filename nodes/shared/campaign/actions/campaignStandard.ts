import { CampaignError } from '../error';

/**
 * Does what Campaign Standard alone can do. Campaign v8 answers with 404 there, as for any address that it does not know.
 *
 * @param what in the plural, e.g. `organizational units`
 * @throws CampaignError `rejected` saying that it is Campaign Standard only …
 */
export async function onCampaignStandard<Result>(what: string, task: () => Promise<Result>): Promise<Result> {
  return await task().catch((error: unknown) => {
    const isAbsent = error instanceof CampaignError && error.details.httpStatus === 404 && error.details.reason === 'rejected';
    if (!isAbsent) throw error;
    throw new CampaignError(
      {
        ...error.details,
        message: `This Campaign has no ${what}: they are for Campaign Standard only`,
        description: 'Adobe has deprecated them, and Campaign v8 does not have them. Remove this step for Campaign v8.',
      },
      error,
    );
  });
}
