import { checkFilter, parseFilters } from '../../../nodes/shared/campaign/filterCatalogue';
import { refusalBy } from '../support/errors';

const DESCRIBED = {
  byText: { label: 'By text', data: '/profileAndServices/profile/byText?text=$value&filterType=$value&_lineCount=$value' },
  byPoints: { label: '', data: '/profileAndServicesExt/profile/byPoints?points_parameter=$value' },
  active: { label: 'Active', data: '/profileAndServices/profile/active' },
  PKey: '@a',
  broken: { label: 'No data' },
};
const catalogue = parseFilters(DESCRIBED);

describe('parseFilters', () => {
  it('reads names, labels and parameters, and skips what is no filter', () => {
    expect([...(catalogue?.values() ?? [])]).toEqual([
      { name: 'byText', label: 'By text', parameters: ['text', 'filterType'] },
      { name: 'byPoints', label: 'byPoints', parameters: ['points_parameter'] },
      { name: 'active', label: 'Active', parameters: [] },
    ]);
  });

  it.each([undefined, null, [], 'text'])('finds none in %j', (json) => {
    expect(parseFilters(json)).toBeUndefined();
  });
});

describe('checkFilter', () => {
  const check = (name: string, given: Record<string, string> = {}, known = catalogue) =>
    checkFilter(known, 'profileAndServicesExt', name, given);

  it('takes a parameter with and without its suffix', () => {
    const expected = { name: 'byPoints', parameters: { points_parameter: '5' } };

    expect(check('byPoints', { points: '5' })).toEqual(expected);
    expect(check('byPoints', { points_parameter: '5' })).toEqual(expected);
  });

  it('needs no parameter where there is none, and no more than one where there are several', () => {
    expect(check('active')).toEqual({ name: 'active', parameters: {} });
    expect(check('byText', { text: 'x' }).parameters).toEqual({ text: 'x' });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['', {}, /A filter has no name/],
    ['../service', {}, /cannot be the name/],
    ['byText/x', {}, /cannot be the name/],
    ['byText', {}, /has no parameter/],
    ['byText', { text: ' ' }, /'text' of filter 'byText' is empty/],
    ['active', { text: 'x' }, /has no parameter 'text'/],
    ['points', { points: '1' }, /no filter 'points'/],
  ])('refuses %j with %j', (name, given, message) => {
    expect(refusalBy(() => check(name, given)).message).toMatch(message);
  });

  it.each(['points', 'bypoints', 'ByPoints'])('knows what was meant by %s', (name) => {
    expect(refusalBy(() => check(name, { points: '1' })).description).toBe("Did you mean 'byPoints'?");
  });

  it('says so where Campaign describes no filters at all', () => {
    expect(refusalBy(() => check('byText', { text: 'x' }, new Map())).description).toContain('no filters at all');
  });

  it('lets a filter out unchecked where Campaign does not tell them, but never with a blank value', () => {
    expect(checkFilter(undefined, 'profileAndServices', 'byMood', { mood: 'good' })).toEqual({
      name: 'byMood',
      parameters: { mood: 'good' },
    });
    expect(refusalBy(() => checkFilter(undefined, 'profileAndServices', 'byMood', { mood: '' })).message).toContain('is empty');
  });
});

describe('A1: a parameter without a name', () => {
  const known = parseFilters({
    byVisibility: { label: 'Visible', data: '/profileAndServices/service/byVisibility?_parameter=$value&_lineCount=$value&_order=$value' },
    byKey: { label: 'Key', data: '/x/y/byKey?category_parameter=$value&crm_id_parameter=$value' },
  });
  const check = (name: string, given: Record<string, string>) => checkFilter(known, 'profileAndServices', name, given);

  it('is used as it is called', () => {
    expect(check('byVisibility', { _parameter: 'true' })).toEqual({ name: 'byVisibility', parameters: { _parameter: 'true' } });
  });

  it('is asked for', () => {
    expect(refusalBy(() => check('byVisibility', {}))).toMatchObject({
      reason: 'invalidInput',
      description: expect.stringContaining('_parameter'),
    });
  });

  it('is one of several, all of which a custom filter needs', () => {
    expect(check('byKey', { category: 'a', crm_id: 'b' }).parameters).toEqual({ category_parameter: 'a', crm_id_parameter: 'b' });
    expect(refusalBy(() => check('byKey', { category: 'a' }))).toMatchObject({ message: "Filter 'byKey' lacks 'crm_id_parameter'" });
  });
});

it.each(['__proto__', 'constructor', 'toString'])('C6: %s is no parameter', (name) => {
  const given = Object.fromEntries([[name, 'x']]);
  expect(refusalBy(() => checkFilter(catalogue, 'profileAndServicesExt', 'byPoints', given))).toMatchObject({ reason: 'invalidInput' });
  expect(Object.hasOwn(checkFilter(undefined, 'profileAndServicesExt', 'byPoints', given).parameters, name)).toBe(true);
});
