import type { IDataObject } from 'n8n-workflow';

import { profile } from '../../../nodes/AdobeCampaignProfile/profile';
import { subscription } from '../../../nodes/AdobeCampaignProfile/subscription';
import { service } from '../../../nodes/AdobeCampaign/service';
import { findOperation } from '../../../nodes/shared/execution/operation';
import { recordsInOrder } from '../../../nodes/shared/execution/recordOrder';
import { startSimulator, type Dialect, type Simulator } from '../../simulator';
import { InProcess } from '../support/inProcess';

const RESOURCES = [profile, subscription, service];

describe.each<Dialect>(['v8', 'acs'])('one record under several names, in Campaign %s', (dialect) => {
  let simulator: Simulator;
  beforeEach(async () => void (simulator = await startSimulator({ dialect, profiles: 0, settings: { freshKeys: true } })));
  afterEach(async () => await simulator.close());

  const run = async (resource: string, name: string, parameters: IDataObject, items: readonly IDataObject[]) => {
    const operation = findOperation(RESOURCES, resource, name);
    if (!operation) throw new Error(`There is no ${name}`);
    const { outcomes, hints } = await new InProcess(simulator).run(operation, parameters, items);
    expect(recordsInOrder()).toEqual({ records: 0, watchers: 0 });
    return {
      hints,
      outcomes: outcomes.map((outcome) => ('error' in outcome ? { error: outcome.error.message } : (outcome.outputs[0] ?? {}))),
    };
  };
  const mapping = (column: string) => ({ mappingMode: 'autoMapInputData', value: {}, matchingColumns: [column], schema: [] });
  const byKey = {
    options: { api: 'profileAndServicesExt', identifyBy: 'matchingColumn', unknownColumns: 'leaveOut' },
    fields: mapping('PKey'),
  };
  const person = (values: IDataObject = {}) => simulator.profiles.add({ email: 'kim@mail.com', phone: '0', ...values });
  const stored = (email = 'kim@mail.com') => simulator.profiles.byEmail(email);
  const slow = () => simulator.faults.add({ method: 'PATCH', nth: 1, action: { type: 'delay', ms: 5_000 } });

  it('the last of several updates wins, though each has another key, where the items carry the record', async () => {
    const kim = person();
    slow();
    const items = [1, 2, 3].map((phone) => ({ PKey: simulator.profiles.keyOf(kim), email: 'kim@mail.com', phone: String(phone) }));
    expect(new Set(items.map(({ PKey }) => PKey)).size).toBe(3);
    await run('profile', 'update', byKey, items);
    expect(stored()).toMatchObject([{ phone: '3' }]);
  });

  it('so it does where the record is meant by its address, and the fields are filled in', async () => {
    const kim = person();
    slow();
    const items = [1, 2, 3].map((phone) => ({
      href: `${simulator.url}/northwind/campaign/profileAndServicesExt/profile/${simulator.profiles.keyOf(kim)}`,
      email: 'kim@mail.com',
      phone,
    }));
    const fields = { mappingMode: 'defineBelow', value: { phone: '={{ $json.phone }}' }, matchingColumns: [], schema: [] };
    await run('profile', 'update', { profile: { __rl: true, mode: 'url', value: '={{ $json.href }}' }, fields, options: {} }, items);
    expect(stored()).toMatchObject([{ phone: '3' }]);
  });

  it('a change is told as what one write made of what was there right before, whatever the keys', async () => {
    const kim = person();
    const items = [1, 2, 3, 4].map((phone) => ({ PKey: simulator.profiles.keyOf(kim), phone: String(phone) }));
    const { outcomes } = await run('profile', 'update', { ...byKey, options: { ...byKey.options, includeChanges: true } }, items);
    const changes = outcomes.map((outcome) => (outcome.changes as Array<{ before: string; after: string }>)[0]);
    // A chain: what one write left is what the next one found.
    const steps = new Map(changes.map((change) => [change?.before, change?.after]));
    let phone: string | undefined = '0';
    for (let count = 0; count < 4; count += 1) phone = steps.get(phone);
    expect(phone).toBe(stored()[0]?.phone);

    const undone = await run(
      'profile',
      'undoChanges',
      { matchBy: 'email' },
      outcomes.map(({ changes: list, trail }) => ({ changes: list, trail })),
    );
    expect(undone.outcomes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('restored'));
    expect(stored()).toMatchObject([{ phone: '0' }]);
  });

  it('others do not wait for one of them', async () => {
    const people = [1, 2, 3].map((number) => person({ email: `p${number}@mail.com` }));
    slow();
    const items = people.map((one) => ({ PKey: simulator.profiles.keyOf(one), email: one.email, phone: '9' })) as IDataObject[];
    await run('profile', 'update', byKey, items);
    const patched = simulator.stats.received.filter(({ method }) => method === 'PATCH').map(({ at }) => at);
    expect(patched).toHaveLength(3);
    expect(people.map(({ id }) => simulator.profiles.get(id)?.phone)).toEqual(['9', '9', '9']);
  });

  it.each(['byEmail', 'byText', 'email', 'cusPoints', dialect === 'v8' ? 'crmid' : 'byCrmid'])(
    'the name of a filter or field is no key that an update is sent to: %s',
    async (key) => {
      const [byColumn, byChoice, byAddress] = [
        await run('profile', 'update', { ...byKey, fields: mapping('cusLoyaltyId') }, [{ cusLoyaltyId: key, phone: '1' }]),
        await run(
          'profile',
          'update',
          { options: { api: 'profileAndServicesExt' }, fields: mapping(''), profile: { mode: 'customKey', value: key } },
          [{ phone: '1' }],
        ),
        await run(
          'profile',
          'update',
          {
            options: {},
            fields: mapping(''),
            profile: { mode: 'url', value: `${simulator.url}/northwind/campaign/profileAndServicesExt/profile/${key.replace('b', '%62')}` },
          },
          [{ phone: '1' }],
        ),
      ];
      for (const { outcomes } of [byColumn, byChoice, byAddress])
        expect(outcomes).toEqual([
          { error: `'${key}' is no key of a profile, but a list of them: Campaign has a filter or a field of this name` },
        ]);
      expect(simulator.stats.received.filter(({ method }) => method === 'PATCH')).toEqual([]);
    },
  );

  it.each(['metadata', '_count', '_search', 'resourceType', '_lineCount', 'Metadata.json'])(
    'nor is a word of the server: %s',
    async (key) => {
      for (const name of ['update', 'upsert', 'delete', 'get']) {
        const more = { profile: { mode: 'customKey', value: key } };
        const { outcomes } = await run('profile', name, { ...byKey, ...more, fields: mapping('cusLoyaltyId') }, [
          { cusLoyaltyId: key, phone: '1' },
        ]);
        expect(outcomes).toEqual([{ error: expect.stringContaining(`'${key}', which Campaign takes for a part of its own`) }]);
      }
      expect(
        simulator.stats.received.filter(({ method, path }) => method !== 'GET' || path.endsWith(`/profile/${key}`)).map(({ path }) => path),
      ).toEqual([]);
    },
  );

  it('a service whose name is a word is updated all the same, and what tells the words apart is asked for once', async () => {
    const items = ['weekly_offers', 'weekly_offers', 'weekly_offers'].map((name, index) => ({ name, label: `Offers ${index}` }));
    const { outcomes } = await run('service', 'update', { ...byKey, fields: mapping('name') }, items);
    expect(outcomes).toMatchObject([{ label: 'Offers 0' }, { label: 'Offers 1' }, { label: 'Offers 2' }]);
    expect(simulator.stats.received.filter(({ path }) => path.includes('/filters'))).toHaveLength(1);
  });

  it('where the filters are not told, the record is looked at first', async () => {
    simulator.faults.add({ url: '/filters', action: { type: 'answer', status: 403, body: '{"error_code":"403999","message":"No"}' } });
    person({ cusLoyaltyId: 'word' });
    const keys = ['word', 'byEmail'].map((cusLoyaltyId) => ({ cusLoyaltyId, phone: '1' }));
    const { outcomes } = await run('profile', 'update', { ...byKey, fields: mapping('cusLoyaltyId') }, keys);
    expect(outcomes).toMatchObject([{ phone: '1' }, { error: expect.stringContaining('not a profile') }]);
  });

  describe.each(['exact', 'caseInsensitive'] as const)('an email in other letters, where look-ups are %s', (byEmailMatch) => {
    beforeEach(() => {
      simulator.assumptions.byEmailMatch = byEmailMatch;
      person({ email: 'somebody@else.com' });
    });
    const upsert = async (lookUp: string, ...emails: string[]) =>
      await run(
        'profile',
        'upsert',
        { options: { lookUp }, fields: mapping('email') },
        emails.map((email) => ({ email, phone: '7' })),
      );
    const words = ({ outcomes }: { outcomes: IDataObject[] }) => outcomes.map(({ outcome, error }) => outcome ?? error);

    it.each(['oneByOne', 'fromList'])('means the same person in every later run: %s', async (lookUp) => {
      const first = await upsert(lookUp, 'Kim.Lee@Mail.com', 'amy@mail.com');
      expect(words(first)).toEqual(['created', 'created']);
      for (const emails of [
        ['kim.lee@mail.com', 'AMY@mail.com'],
        ['KIM.LEE@MAIL.COM', 'Amy@Mail.Com'],
        ['Kim.Lee@Mail.com', 'amy@mail.com'],
      ])
        expect(words(await upsert(lookUp, ...emails))).toEqual(['unchanged', 'unchanged']);
      expect(simulator.profiles.all()).toHaveLength(3);
      const isFoundInAll = byEmailMatch === 'caseInsensitive';
      expect(simulator.profiles.all().map(({ email }) => email)).toContain(isFoundInAll ? 'Kim.Lee@Mail.com' : 'kim.lee@mail.com');
      expect(first.hints.filter((hint) => hint.includes('small letters'))).toHaveLength(isFoundInAll ? 0 : 1);
    });

    it('is found in a list, however somebody else has stored it', async () => {
      person({ email: 'Kim.LEE@mail.com', phone: '1' });
      expect(words(await upsert('fromList', 'kim.lee@mail.com'))).toEqual(['updated']);
      expect(simulator.profiles.all()).toHaveLength(2);
      expect(simulator.profiles.all()[1]).toMatchObject({ email: 'Kim.LEE@mail.com', phone: '7' });
    });

    it('costs nothing where it is written in small letters, and one proof a run otherwise', async () => {
      const count = () => simulator.stats.received.length;
      simulator.resetStats();
      await upsert('oneByOne', 'a1@mail.com', 'a2@mail.com');
      const small = count();
      simulator.resetStats();
      await upsert('oneByOne', 'B1@mail.com', 'B2@mail.com');
      // Each is asked for twice; who is there shows whether letters count.
      expect(count() - small).toBe(2 + 2);
    });
  });

  it.each([
    ['kim@mail.com\u200b', 'kim@mail.com'],
    ['\ufeff kim@mail.com', 'kim@mail.com'],
    ['kim@\u200bmail.com\u00a0', 'kim@mail.com'],
    ['\u202akim@mail.com\u202c', 'kim@mail.com'],
  ])('what cannot be seen in an email makes no other person: %j', async (email, meant) => {
    for (const given of [email, meant, email])
      await run('profile', 'upsert', { options: {}, fields: mapping('email') }, [{ email: given, phone: '1' }]);
    expect(simulator.profiles.all().map((one) => one.email)).toEqual([meant]);
  });

  it('nor does it make another key', async () => {
    const options = { api: 'profileAndServicesExt' };
    for (const cusLoyaltyId of ['L-1\u200b', 'L-1', '\ufeffL-1'])
      await run('profile', 'upsert', { options, fields: mapping('cusLoyaltyId') }, [{ cusLoyaltyId, phone: '1' }]);
    expect(simulator.profiles.all().map((one) => one.cusLoyaltyId)).toEqual(['L-1']);
  });

  describe('an answer about somebody else', () => {
    const answerAboutAnother = (method: string) => {
      const other = simulator.profiles.add({ email: 'other@mail.com', phone: '77', gender: 'male' });
      const PKey = simulator.profiles.keyOf(other);
      const body = JSON.stringify({
        PKey,
        href: `${simulator.url}/northwind/campaign/profileAndServices/profile/${PKey}`,
        email: 'other@mail.com',
        phone: '77',
        gender: 'male',
      });
      simulator.faults.add({ method, action: { type: 'answer', status: 201, body } });
    };
    const items = [{ email: 'kim@mail.com', phone: '9', gender: 'female' }];

    it.each(['create', 'upsert'])('is no yes to a creation: %s', async (name) => {
      answerAboutAnother('POST');
      const { outcomes } = await run('profile', name, { options: {}, fields: mapping('email') }, items);
      expect(outcomes).toEqual([{ error: expect.stringContaining('is not the created profile') }]);
    });

    it.each(['update', 'upsert'])('is no yes to an update: %s', async (name) => {
      person();
      answerAboutAnother('PATCH');
      const { outcomes } = await run('profile', name, { options: { identifyBy: 'matchingColumn' }, fields: mapping('email') }, items);
      expect(outcomes).toEqual([{ error: expect.stringContaining('is not the updated record') }]);
    });
  });
});
