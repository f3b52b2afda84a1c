import { resolveFilters, type GivenFilter } from '../../../../nodes/shared/campaign/find/givenFilters';
import { clientOver, FakeTransport, json, METADATA, ROOT, text, type Reply } from '../../support/campaign';
import { refusalOf } from '../../support/errors';

const NAMED: GivenFilter = { kind: 'named', name: 'byMood', parameters: { mood: 'good' } };
const described = json({ ...METADATA, filters: { href: `${ROOT}/profileAndServices/profile/filters/` } });

function resolve(given: readonly GivenFilter[], ...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  const warn = jest.fn<undefined, [string]>();
  return { transport, warn, filters: resolveFilters(clientOver(transport), { api: 'profileAndServices', name: 'profile' }, given, warn) };
}

describe('resolveFilters', () => {
  it('asks nothing about filters that are known', async () => {
    const filter = { name: 'byEmail', parameters: { email: 'amy@mail.com' } };
    const { transport, filters } = resolve([{ kind: 'known', filter }]);

    expect(await filters).toEqual([filter]);
    expect(transport.requests).toEqual([]);
  });

  it('checks a name', async () => {
    const { filters } = resolve([NAMED], described, json({ byMood: { label: 'Mood', data: 'byMood?mood_parameter=$value' } }));

    expect(await filters).toEqual([{ name: 'byMood', parameters: { mood_parameter: 'good' } }]);
  });

  it('looks the service up by whose subscribers it is to find', async () => {
    const service = {
      by: 'address',
      api: 'profileAndServices',
      url: `${ROOT}/profileAndServices/service/news`,
      shown: "name 'news'",
    } as const;

    expect(await resolve([{ kind: 'subscribers', service }], json({ PKey: '@s', name: 'news' })).filters).toEqual([
      { name: 'subscribers', parameters: { service: '@s' } },
    ]);
  });

  it('warns when Campaign does not describe its filters, and fails when it cannot be asked', async () => {
    const undescribed = resolve([NAMED], described, text('', 403));
    expect(await undescribed.filters).toEqual([{ name: 'byMood', parameters: { mood: 'good' } }]);
    expect(undescribed.warn).toHaveBeenCalledTimes(1);

    const refused = resolve([NAMED], text('', 401));
    expect(await refusalOf(refused.filters)).toMatchObject({ reason: 'unauthorized' });
    expect(refused.warn).not.toHaveBeenCalled();
  });
});
