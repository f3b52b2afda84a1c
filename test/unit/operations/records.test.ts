import { customResourceKind } from '../../../nodes/AdobeCampaign/customResource/kind';
import { searchRecords } from '../../../nodes/AdobeCampaign/customResource/editor';
import { serviceKind } from '../../../nodes/AdobeCampaign/service/kind';
import { profileKind, profileInEditor } from '../../../nodes/AdobeCampaignProfile/profile/kind';
import { fieldLists } from '../../../nodes/shared/ui/record/describeFields';
import { linkFields } from '../../../nodes/shared/ui/record/linkFields';
import { readReadBack } from '../../../nodes/shared/ui/record/readBack';
import { readPatience } from '../../../nodes/shared/ui/options/patience';
import { profileOutput } from '../../../nodes/shared/ui/profile/profileOutput';
import { readProfileFilters } from '../../../nodes/shared/ui/profile/profileFilters';
import { INSTANCE, METADATA } from '../support/campaign';
import { fakeEditor, helperAnswer } from '../support/context';
import { refusalBy, rejectionOf } from '../support/errors';
import { itemWith } from '../support/operation';

describe('what tells whether a record is there already', () => {
  it.each([
    ['a custom resource', customResourceKind, { api: 'customResources', name: 'cusStore' }],
    ['a profile', profileKind, { api: 'profileAndServices', name: 'profile' }],
    ['a service', serviceKind, { api: 'profileAndServices', name: 'service' }],
  ] as const)('is never the PKey, which Campaign makes itself: %s', (_, kind, resource) => {
    expect(refusalBy(() => kind.matching.toUpsert(INSTANCE, resource, 'PKey', '@a')).reason).toBe('invalidInput');
    expect(kind.matching.toUpdate(INSTANCE, resource, 'PKey', '@a')).toMatchObject({ by: 'address' });
  });
});

describe('the list of records in the editor', () => {
  it('takes the token to no other host for a page', async () => {
    const asked: unknown[] = [];
    const parameters = { customResource: 'cusStore', api: 'customResources' };
    const context = fakeEditor(parameters, async (_, options) => {
      asked.push(options);
      return helperAnswer({ content: [] });
    });
    const page = 'https://elsewhere.example/northwind/campaign/customResources/cusStore';
    expect(await rejectionOf(searchRecords.call(context, '', page))).toMatchObject({
      message: expect.stringContaining('https://elsewhere.example'),
    });
    expect(asked).toEqual([]);
  });
});

describe('the form of fields', () => {
  const form = async (parameters: Parameters<typeof fakeEditor>[0]) => {
    const context = fakeEditor({ api: 'profileAndServices', ...parameters }, async () => helperAnswer(METADATA));
    return (await fieldLists(profileInEditor).mapFields.call(context)).fields;
  };

  it('of an update that matches on a column shows the key alone: the others are added one by one', async () => {
    const fields = await form({ operation: 'update', identifyBy: 'matchingColumn' });
    expect(fields.filter(({ removed }) => removed !== true).map(({ id }) => id)).toEqual(['PKey']);
    expect(fields.length).toBeGreaterThan(5);
  });

  it('of Create or Update shows the email alone', async () => {
    const fields = await form({ operation: 'upsert', matchOn: 'matchingColumn' });
    expect(fields.filter(({ removed }) => removed !== true).map(({ id }) => id)).toEqual(['email']);
  });
});

describe('what to do after a write', () => {
  it.each([
    ['off', false, false],
    ['return', true, false],
    ['verify', true, true],
  ])('%s: reads back %s, verifies %s', (choice, readBack, verify) => {
    expect(readReadBack(itemWith({ readBack: choice }), profileOutput)).toMatchObject({ readBack, verify });
  });
});

describe('links', () => {
  it('are given once for a field: which of two is meant nobody can tell', () => {
    const link = ['a@mail.com', 'b@mail.com'].map((value) => ({ field: 'profile', by: 'email', value }));
    expect(refusalBy(() => linkFields.read(itemWith({ links: { link } })))).toMatchObject({ message: "'profile' stands twice in 'Links'" });
    expect(linkFields.read(itemWith({ links: { link: link.slice(1) } })).isEmpty).toBe(false);
  });
});

describe('how long to wait', () => {
  it('is given in seconds', () => {
    expect(readPatience(itemWith({ options: { deadline: 7, pollInterval: 2 } }))).toEqual({
      deadlineMilliseconds: 7_000,
      intervalMilliseconds: 2_000,
    });
    expect(readPatience(itemWith({ options: {} }))).toEqual({ deadlineMilliseconds: 300_000, intervalMilliseconds: 5_000 });
  });
});

describe('filters of profiles', () => {
  it('of a span of days include its first and its last one', () => {
    const birthday = [{ when: 'between', day: 1, month: 5, endDay: 24, endMonth: 10 }];
    const [filter] = readProfileFilters(itemWith({ filters: { birthday } }), INSTANCE, 'profileAndServices');
    const parameters = { day: '1', month: '5', includeStart: 'true', endDay: '24', endMonth: '10', includeEnd: 'true' };
    expect(filter).toMatchObject({ filter: { name: 'birthday', parameters } });
  });

  it.each(['email', 'firstName', 'lastName'])('look for a text in the field that was chosen: %s', (searchIn) => {
    const filters = { text: [{ searchIn, text: 'Dak' }] };
    expect(readProfileFilters(itemWith({ filters }), INSTANCE, 'profileAndServices')).toMatchObject([
      { filter: { name: 'byText', parameters: { text: 'Dak', filterType: searchIn } } },
    ]);
  });

  it('look for a text everywhere unless a field was chosen', () => {
    const filters = { text: [{ text: 'Dak' }] };
    expect(readProfileFilters(itemWith({ filters }), INSTANCE, 'profileAndServices')).toEqual([
      { kind: 'known', filter: { name: 'byText', parameters: { text: 'Dak' } } },
    ]);
  });
});
