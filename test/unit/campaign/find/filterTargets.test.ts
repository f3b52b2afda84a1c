import { CampaignError, invalidInput } from '../../../../nodes/shared/campaign/error';
import { namedTarget } from '../../../../nodes/shared/campaign/find/filterTargets';
import type { ListFilter } from '../../../../nodes/shared/campaign/filterCatalogue';

const missing = new CampaignError({ reason: 'notFound', message: 'There is no profile', description: 'Check the value.', httpStatus: 404 });
const AUDIENCE: ListFilter = { name: 'byStaticAudience', parameters: { audience: '@a' } };
const DELIVERY: ListFilter = { name: 'hasOpenedDelivery', parameters: { delivery: '@d' } };
const message = (filters: readonly ListFilter[], error: unknown = missing): unknown => {
  const named = namedTarget(filters, error);
  return named instanceof CampaignError ? named.message : named;
};

describe('a list that is not there', () => {
  it('is told by what the key of its filter should have led to', () => {
    expect(message([AUDIENCE])).toBe("There is no audience with PKey '@a'");
    expect(message([DELIVERY])).toBe("There is no delivery with PKey '@d'");
    expect(message([AUDIENCE, DELIVERY])).toBe("There is no audience with PKey '@a', or no delivery with PKey '@d'");
  });

  it('is told as it was where no filter takes a key, and where something else went wrong', () => {
    expect(message([{ name: 'byEmail', parameters: { email: 'a@b.c' } }])).toBe('There is no profile');
    expect(message([{ name: 'constructor', parameters: {} }])).toBe('There is no profile');
    expect(message([AUDIENCE], invalidInput('Something else', 'x'))).toBe('Something else');
    const foreign = new Error('socket');
    expect(namedTarget([AUDIENCE], foreign)).toBe(foreign);
  });
});
