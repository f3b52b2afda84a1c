import { checkSort, listUrl, type ListQuery } from '../../../../nodes/shared/campaign/find/listQuery';
import { catalogue, INSTANCE, PROFILES } from '../../support/campaign';
import { refusalBy } from '../../support/errors';

const url = (query: ListQuery) => new URL(listUrl(INSTANCE, { api: 'profileAndServices', name: 'profile' }, query, 20));
const filter = (name: string, parameters: Record<string, string>) => ({ name, parameters });

describe('listUrl', () => {
  it('asks for everything with the size of a page, and for pages of large tables too', () => {
    expect(url({ filters: [] }).href).toBe(`${PROFILES}?_lineCount=20&_forcePagination=true`);
  });

  it.each([
    ['ascending', 'lastName'],
    ['descending', 'lastName desc'],
  ] as const)('sorts %s', (direction, order) => {
    expect(url({ filters: [], sort: { field: 'lastName', direction } }).searchParams.get('_order')).toBe(order);
  });

  it('puts filters side by side, with one value for a parameter of both', () => {
    const { pathname, searchParams } = url({
      filters: [filter('opened', { delivery: '@a' }), filter('clicked', { delivery: '@a', since: '1' })],
    });

    expect(pathname).toMatch(/\/profile\/opened\/clicked$/);
    expect(searchParams.getAll('delivery')).toEqual(['@a']);
    expect(searchParams.get('since')).toBe('1');
  });

  it('lets no filter change the size of the pages', () => {
    expect(url({ filters: [filter('byMood', { _lineCount: '1' })] }).searchParams.getAll('_lineCount')).toEqual(['20']);
  });

  it.each([
    [[filter('byText', { text: 'a' }), filter('byText', { text: 'a' })], "Filter 'byText' is there twice"],
    [[filter('opened', { delivery: '@a' }), filter('clicked', { delivery: '@b' })], "Two filters want different values for 'delivery'"],
  ])('refuses what cannot stand in one address: %#', (filters, message) => {
    expect(refusalBy(() => url({ filters })).message).toBe(message);
  });
});

describe('checkSort', () => {
  const sort = (field: string) => ({ field, direction: 'ascending' as const });

  it('takes what can be sorted by, and anything where Campaign does not tell', () => {
    expect(() => checkSort(catalogue(), sort('email'))).not.toThrow();
    expect(() => checkSort(undefined, sort('mood'))).not.toThrow();
  });

  it('names what can be sorted by', () => {
    expect(refusalBy(() => checkSort(catalogue(), sort('age')))).toMatchObject({
      message: "Campaign cannot sort by 'age'",
      description: 'Sort by one of: email.',
    });
    expect(refusalBy(() => checkSort(catalogue(), sort('mood'))).message).toBe("There is no field 'mood' to sort by");
    expect(refusalBy(() => checkSort(new Map(), sort('mood'))).description).toContain('remove the sort order');
  });
});
