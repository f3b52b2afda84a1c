import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { CampaignError } from '../../../nodes/shared/campaign/error';
import { fieldLists } from '../../../nodes/shared/ui/record/describeFields';
import { inEditor } from '../../../nodes/shared/ui/editorError';
import { inReadingOrder } from '../../../nodes/shared/ui/editorSearch';
import { profileInEditor, standardProfileForm } from '../../../nodes/AdobeCampaignProfile/profile/kind';
import { searchProfiles } from '../../../nodes/shared/ui/profile/searchProfiles';
import { PROFILE_FIELDS } from '../../simulator/campaign/profile/fields';
import { EXTENDED_PROFILES, METADATA, profile, PROFILES, ROOT } from '../support/campaign';
import { fakeEditor, helperAnswer, helperError, node } from '../support/context';
import { rejectionOf } from '../support/errors';

const { listFields, mapFields } = fieldLists(profileInEditor);

/** The editor over answers that are given one after the other, and the addresses it asked. */
function editor(parameters: Parameters<typeof fakeEditor>[0], ...answers: Array<object | Error>) {
  const asked: string[] = [];
  const context = fakeEditor({ api: 'profileAndServices', ...parameters }, async (_, options) => {
    asked.push((options as IHttpRequestOptions).url);
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('No answer is prepared');
    return helperAnswer(answer);
  });
  return { context, asked };
}

describe('the list of profiles', () => {
  const amy = profile('@a', { email: 'amy@mail.com', firstName: 'Amy', lastName: 'Dakota' });

  it('shows everybody at first', async () => {
    const { context, asked } = editor({}, { content: [amy], next: { href: `${PROFILES}/?_lineStart=@k` } });

    expect(await searchProfiles.call(context)).toEqual({
      results: [{ name: 'Amy Dakota (amy@mail.com)', value: 'amy@mail.com' }],
      paginationToken: `${PROFILES}/?_lineStart=@k`,
    });
    expect(asked).toEqual([`${PROFILES}?_lineCount=50&_forcePagination=true`]);
  });

  it('goes on with the next page', async () => {
    const { context, asked } = editor({}, { content: [] });
    await searchProfiles.call(context, undefined, `${PROFILES}/?_lineStart=@k`);

    expect(asked).toEqual([`${PROFILES}/?_lineStart=@k&_forcePagination=true`]);
  });

  it('takes the token to no other host for a page', async () => {
    const { context, asked } = editor({}, { content: [] });

    expect(await rejectionOf(searchProfiles.call(context, 'amy', 'https://evil.example/northwind/campaign/x'))).toMatchObject({
      message: expect.stringContaining('https://evil.example'),
    });
    expect(asked).toEqual([]);
  });

  it('tries what was typed in capitals and without, because Campaign tells them apart', async () => {
    const { context, asked } = editor({ api: 'profileAndServicesExt' }, { content: [] }, { content: [amy] });
    const { results } = await searchProfiles.call(context, ' amy+d ');

    expect(results).toHaveLength(1);
    expect(asked).toEqual([
      `${EXTENDED_PROFILES}/byText?text=amy%2Bd&_lineCount=50&_forcePagination=true`,
      `${EXTENDED_PROFILES}/byText?text=Amy%2Bd&_lineCount=50&_forcePagination=true`,
    ]);
  });

  it('finds nobody after every try', async () => {
    const { context, asked } = editor({}, ...Array<object>(5).fill({ content: [] }));

    expect((await searchProfiles.call(context, 'aMy')).results).toEqual([]);
    expect(asked.map((url) => new URL(url).searchParams.get('text'))).toEqual(['aMy', 'AMy', 'amy', 'Amy', 'AMY']);
  });

  it('E11: looks for the rarer name, and keeps those that the other one fits as well', async () => {
    const strangers = [profile('@s', { firstName: 'Bob', lastName: 'Dakota', email: 'bob@mail.com' })];
    const next = { href: `${PROFILES}/byText?text=Dakota&_lineStart=@k` };
    const { context, asked } = editor({}, { content: [] }, { content: strangers, next }, { content: [amy] });

    expect((await searchProfiles.call(context, ' amy  dakota ')).results.map(({ value }) => value)).toEqual(['amy@mail.com']);
    expect(asked.map((url) => new URL(url).searchParams.get('text'))).toEqual(['dakota', 'Dakota', 'Dakota']);
  });

  it('E11: gives up after some pages of each search: the editor waits', async () => {
    const page = (start: number) => ({
      content: [profile(`@${start}`, { firstName: 'Bob', lastName: 'Dakota' })],
      next: { href: `${PROFILES}/byText?text=Dakota&_lineStart=@${start}` },
    });
    const { context, asked } = editor({}, ...Array.from({ length: 40 }, (_, index) => page(index)));

    expect((await searchProfiles.call(context, 'amy dakota')).results).toEqual([
      { name: expect.stringMatching(/^Only 12 profiles were looked at/), value: false },
    ]);
    expect(asked).toHaveLength(12);
  });

  it.each([
    ['no email', { firstName: 'Amy' }, { name: 'Amy', value: '@x' }],
    ['an email alone', { email: 'amy@mail.com', firstName: '', lastName: null }, { name: 'amy@mail.com', value: 'amy@mail.com' }],
    ['nothing', {}, { name: '(no name)', value: '@x' }],
  ])('shows a profile with %s', async (_, fields, expected) => {
    expect((await searchProfiles.call(editor({}, { content: [profile('@x', fields)] }).context)).results).toEqual([expected]);
  });

  it('stores the key where an email belongs to several', async () => {
    const { context } = editor({}, { content: [amy, { ...amy, PKey: '@b' }, profile('@c', { email: 'ida@mail.com' })] });

    expect((await searchProfiles.call(context)).results.map(({ value }) => value)).toEqual(['@a', '@b', 'ida@mail.com']);
  });

  it('says what keeps it from being filled', async () => {
    const { context } = editor({}, helperError(401, { error_code: '401013', message: 'Oauth token is not valid' }));

    expect(await rejectionOf(searchProfiles.call(context))).toMatchObject({
      message: expect.stringMatching(/^The access token is not valid or has expired\. .*paste a new one/),
    });
  });

  it('keeps its hyphens, at which the editor would take the message apart', async () => {
    const { context } = editor({}, helperError(401, { error_code: '401013', message: 'Oauth token is not valid' }));

    const { message } = (await rejectionOf(searchProfiles.call(context))) as Error;
    expect(message).toContain('Server\u2011to\u2011Server');
    expect(message).not.toMatch(/[-–—]/);
  });
});

describe('the form of Update', () => {
  it('offers what can be written, by label, with the choices of Campaign', async () => {
    const { context, asked } = editor({ identifyBy: 'profile' }, METADATA);
    const { fields } = await mapFields.call(context);

    expect(fields.map(({ id, displayName, type }) => ({ id, displayName, type }))).toEqual([
      { id: 'birthDate', displayName: 'Birth date', type: 'dateTime' },
      { id: 'email', displayName: 'Email', type: 'string' },
      { id: 'firstName', displayName: 'First name', type: 'string' },
      { id: 'gender', displayName: 'Gender', type: 'options' },
      { id: 'cusVisited', displayName: 'Last visit', type: 'dateTime' },
      { id: 'blackList', displayName: 'No longer contact', type: 'boolean' },
      { id: 'cusScore', displayName: 'Score', type: 'number' },
    ]);
    expect(fields.find(({ id }) => id === 'gender')?.options).toEqual([
      { name: 'Unspecified', value: 'unknown' },
      { name: 'Male', value: 'male' },
      { name: 'Female', value: 'female' },
    ]);
    expect(asked).toEqual([`${ROOT}/profileAndServices/resourceType/profile`]);
  });

  it('offers no PKey to a new profile, whatever was chosen for an update before', async () => {
    const { context } = editor({ operation: 'create', identifyBy: 'matchingColumn' }, METADATA);
    const { fields } = await mapFields.call(context);

    expect(fields.map(({ id }) => id)).not.toContain('PKey');
  });

  it('offers what can identify a profile when one of the fields is to do that', async () => {
    const described = { content: { ...METADATA.content, cusLoyaltyId: { label: 'Loyalty ID', type: 'string' } } };
    const { context, asked } = editor({ operation: 'update', identifyBy: 'matchingColumn', api: 'profileAndServicesExt' }, described);
    const { fields } = await mapFields.call(context);

    expect(fields.filter(({ canBeUsedToMatch }) => canBeUsedToMatch).map(({ id }) => id)).toEqual(['PKey', 'email', 'cusLoyaltyId']);
    expect(fields.filter(({ defaultMatch }) => defaultMatch).map(({ id }) => id)).toEqual(['PKey']);
    expect(asked).toEqual([`${ROOT}/profileAndServicesExt/resourceType/profile`]);
  });
});

describe('the list of fields', () => {
  it('shows all of them, also those that cannot be written', async () => {
    const { context } = editor(
      {},
      { content: { email: { label: 'Email', type: 'string' }, age: { label: 'Age', type: 'number' }, cusX: { type: 'string' } } },
    );

    expect(await listFields.call(context)).toEqual([
      { name: 'Age (age)', value: 'age' },
      { name: 'cusX', value: 'cusX' },
      { name: 'Email (email)', value: 'email' },
    ]);
  });
});

it('has numbers in labels in their order, and letters with accents where people look for them', () => {
  const labels = ['Address 10', 'Zip', 'Address 2', 'Élan', 'address 1'];
  expect(labels.sort(inReadingOrder)).toEqual(['address 1', 'Address 2', 'Address 10', 'Élan', 'Zip']);
});

describe('inEditor', () => {
  const { context } = editor({});

  it('hands on what the task gives', async () => {
    expect(await inEditor(context, async () => 'done')).toBe('done');
  });

  it('shows what happened and what to do in one line', async () => {
    const error = new CampaignError({ reason: 'forbidden', message: 'The API key is not valid', description: 'Copy it again.' });

    expect(await rejectionOf(inEditor(context, async () => await Promise.reject(error)))).toMatchObject({
      message: 'The API key is not valid. Copy it again.',
    });
  });

  it('leaves what is not its own alone', async () => {
    const error = new TypeError('x is not a function');

    expect(await rejectionOf(inEditor(context, async () => await Promise.reject(error)))).toBe(error);
  });
});

describe('what is easily got wrong', () => {
  it.each(['Adobe Campaign could not be reached (ECONNREFUSED)', "Field 'approvePermissions' is not known"])(
    'keeps its words where n8n believes to see a network code: %s',
    async (message) => {
      const error = new CampaignError({ reason: 'unavailable', message, description: "Check 'API Base URL' in the credential." });
      const { context } = editor({});

      expect(await rejectionOf(inEditor(context, async () => await Promise.reject(error)))).toMatchObject({
        message: expect.stringContaining(message),
      });
    },
  );
});

describe('a form that cannot be built', () => {
  it('says why: of an error the editor shows no more than that there are no fields', async () => {
    const { context } = editor({ operation: 'update' }, helperError(401, { error_code: '401013', message: 'Oauth token is not valid' }));

    expect(await mapFields.call(context)).toEqual({
      fields: [],
      emptyFieldsNotice: expect.stringMatching(/^The access token is not valid or has expired\. .*paste a new one/),
    });
  });
});

describe('the form of a step that has no credential yet, as every new one is at first', () => {
  const without = (parameters: IDataObject): ILoadOptionsFunctions => {
    const { context } = editor(parameters);
    return { ...context, getNode: () => node(parameters) };
  };
  const { mapFields: mapStandard } = fieldLists(profileInEditor, standardProfileForm);

  it('has the fields that every instance has, and nothing is asked', async () => {
    const { fields, emptyFieldsNotice } = await mapStandard.call(without({ operation: 'update' }));
    expect(emptyFieldsNotice).toBeUndefined();
    expect(fields.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(['Email', 'First name', 'Gender', 'Phone']));
    expect(fields.find(({ id }) => id === 'gender')?.options).toContainEqual({ name: 'Unspecified', value: 'unknown' });
    const [first] = (await mapStandard.call(without({ operation: 'upsert' }))).fields.filter(({ defaultMatch }) => defaultMatch);
    expect(first?.id).toBe('email');
  });

  it('has only fields that Campaign describes in the same way', () => {
    for (const { name, label, kind, values } of standardProfileForm.fields) {
      const described = PROFILE_FIELDS.find(({ apiName }) => apiName === name);
      expect(described).toMatchObject({ label, type: kind, access: 'writable', availability: 'everywhere' });
      if (kind === 'enumeration') expect(described).toMatchObject({ values: values.map((value) => value) });
    }
  });

  it('says what to do where fields differ from instance to instance', async () => {
    expect(await mapFields.call(without({}))).toEqual({ fields: [], emptyFieldsNotice: expect.stringContaining("press 'Retry'") });
  });
});
