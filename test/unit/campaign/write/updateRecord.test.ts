import type { FoundRecord } from '../../../../nodes/shared/campaign/records';
import { updateRecord, type Update, type UpdatePlan } from '../../../../nodes/shared/campaign/write/updateRecord';
import { catalogue, clientOver, FakeTransport, json, profile, PROFILES, text, type Reply } from '../../support/campaign';
import { detailsOf, refusalOf } from '../../support/errors';

const TARGET: FoundRecord = { url: `${PROFILES}/@a`, subject: "profile with PKey '@a'" };
const PLAIN: UpdatePlan = { onlyChanged: false, readBack: false, verify: false, trackChanges: false };
const READ_BACK: UpdatePlan = { ...PLAIN, readBack: true };
const VERIFY: UpdatePlan = { ...READ_BACK, verify: true };
const IDA = { firstName: 'Ida', birthDate: '1980-10-24' };
const AMY = { firstName: 'Amy', birthDate: '1980-10-24' };

function update(plan: UpdatePlan, fields: Update['fields'], replies: readonly Reply[], target = TARGET) {
  const transport = new FakeTransport(...replies);
  const result = updateRecord(clientOver(transport), target, {
    resource: { api: 'profileAndServices', name: 'profile' },
    catalogue: catalogue(),
    fields,
    plan,
    recordKey: 'amy',
  });
  return { transport, result };
}

const sentBodies = ({ requests }: FakeTransport): unknown[] =>
  requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]));

describe('an update alone', () => {
  it('is one PATCH, and gives what Campaign returned', async () => {
    const { transport, result } = update(PLAIN, AMY, [json({ PKey: '@a2', href: `${PROFILES}/@a2` })]);

    expect(await result).toEqual({ record: { PKey: '@a2', href: `${PROFILES}/@a2` }, isSent: true, sent: expect.any(Object) });
    expect(transport.log).toEqual([`PATCH ${PROFILES}/@a`]);
    expect(sentBodies(transport)).toEqual([AMY]);
  });

  it.each([['a key alone', json({ PKey: '@a2' }), { PKey: '@a2', href: `${PROFILES}/@a2` }]])(
    'gives an address also when Campaign returned %s',
    async (_, reply, record) => {
      expect((await update(PLAIN, AMY, [reply]).result).record).toEqual(record);
    },
  );

  it('A23: answered with nothing is done when the record holds what was sent, and not known otherwise', async () => {
    expect((await update(PLAIN, AMY, [text('', 204), json(profile('@a', AMY))]).result).record).toMatchObject({ PKey: '@a' });
    expect(await refusalOf(update(PLAIN, AMY, [text('', 204), json(profile('@a'))]).result)).toMatchObject({ reason: 'outcomeUnknown' });
  });
});

describe('reading back', () => {
  it('follows the address that Campaign returned for the update', async () => {
    const { transport, result } = update(READ_BACK, AMY, [json({ PKey: '@a2', href: `${PROFILES}/@a2` }), json(profile('@a3', AMY))]);

    expect((await result).record).toEqual(profile('@a3', AMY));
    expect(transport.log).toEqual([`PATCH ${PROFILES}/@a`, `GET ${PROFILES}/@a2`]);
  });

  it('goes to the old address when Campaign returned none', async () => {
    const { transport, result } = update(READ_BACK, AMY, [
      text('', 204),
      json(profile('@a', AMY)),
      json(profile('@a', AMY)),
      json(profile('@a', AMY)),
    ]);
    await result;

    expect(transport.log).toEqual([`PATCH ${PROFILES}/@a`, `GET ${PROFILES}/@a`, `GET ${PROFILES}/@a`]);
  });

  it('never takes the token to another host', async () => {
    const { transport, result } = update(READ_BACK, AMY, [
      json({ PKey: '@a', href: 'https://evil.example/northwind/campaign/profileAndServices/profile/@a' }),
      json(profile('@a')),
    ]);
    await result.catch(() => undefined);

    expect(transport.log.every((line) => line.includes(' https://mc.adobe.io/northwind/campaign/'))).toBe(true);
  });

  it('shows what Campaign made of it, unless it is to be verified', async () => {
    const shouted = profile('@a', { ...AMY, firstName: 'AMY' });

    expect((await update(READ_BACK, AMY, [json(profile('@a')), json(shouted)]).result).record).toEqual(shouted);
    expect(await refusalOf(update(VERIFY, AMY, [json(profile('@a')), json(shouted)]).result)).toMatchObject({
      reason: 'notVerified',
      message: "The profile does not hold what was written: 'First name' (firstName) is 'AMY' instead of 'Amy'",
      description: expect.stringContaining('accepted'),
      facts: { differences: [{ field: 'firstName', expected: 'Amy', found: 'AMY' }] },
    });
  });

  it.each([
    ['a value that was lost', AMY, { ...AMY, birthDate: '' }, "'Birth date' (birthDate) is empty instead of '1980-10-24'"],
    ['a value that was not emptied', { birthDate: '' }, AMY, "'Birth date' (birthDate) is '1980-10-24' instead of empty"],
    ['a number', { cusScore: 5 }, { cusScore: 0 }, "'Score' (cusScore) is 0 instead of 5"],
  ])('verifies %s', async (_, fields, after, words) => {
    expect((await refusalOf(update(VERIFY, fields, [json(profile('@a')), json(profile('@a', after))]).result)).message).toContain(words);
  });

  it('verifies nothing about links, whose keys read differently every time', async () => {
    const after = profile('@a', { country: { PKey: '@fr2', title: 'France' } });

    expect((await update(VERIFY, { country: { PKey: '@fr1' } }, [json(profile('@a')), json(after)]).result).record).toEqual(after);
  });
});

describe('sending only what changed', () => {
  const ONLY_CHANGED: UpdatePlan = { ...PLAIN, onlyChanged: true };

  it('retrieves first and sends the difference', async () => {
    const { transport, result } = update(ONLY_CHANGED, AMY, [json(profile('@a', IDA)), json({ PKey: '@a2' })]);
    await result;

    expect(transport.log).toEqual([`GET ${PROFILES}/@a`, `PATCH ${PROFILES}/@a`]);
    expect(sentBodies(transport)).toEqual([{ firstName: 'Amy' }]);
  });

  it('sends nothing when nothing differs, and gives the profile', async () => {
    const { transport, result } = update({ ...ONLY_CHANGED, readBack: true, verify: true }, AMY, [json(profile('@a', AMY))]);

    expect((await result).record).toEqual(profile('@a', AMY));
    expect(transport.log).toEqual([`GET ${PROFILES}/@a`]);
  });

  it('does not retrieve a second time what finding it has brought along', async () => {
    const { transport, result } = update(ONLY_CHANGED, AMY, [json({ PKey: '@a2' })], { ...TARGET, record: profile('@a', IDA) });
    await result;

    expect(transport.log).toEqual([`PATCH ${PROFILES}/@a`]);
  });

  it('verifies all fields afterwards, not only those that were sent', async () => {
    const { result } = update({ ...ONLY_CHANGED, readBack: true, verify: true }, AMY, [
      json(profile('@a', IDA)),
      json({ PKey: '@a2' }),
      json(profile('@a', { ...AMY, birthDate: '' })),
    ]);

    expect(await refusalOf(result)).toMatchObject({ reason: 'notVerified', message: expect.stringContaining("'Birth date' (birthDate)") });
  });

  it('fails when the profile is not there, and sends nothing', async () => {
    const { transport, result } = update(ONLY_CHANGED, AMY, [text("Unable to find document with path 'Profile' from key 'x'", 404)]);

    expect(await refusalOf(result)).toMatchObject({ reason: 'notFound' });
    expect(transport.requests).toHaveLength(1);
  });
});

describe('telling what changed', () => {
  const TRACK: UpdatePlan = { ...PLAIN, trackChanges: true };

  it('retrieves before and after', async () => {
    const { transport, result } = update(TRACK, AMY, [json(profile('@a', IDA)), json({ PKey: '@a2' }), json(profile('@a3', AMY))]);

    expect(await result).toEqual({
      record: profile('@a3', AMY),
      isSent: true,
      sent: expect.any(Object),
      changes: [{ field: 'firstName', before: 'Ida', after: 'Amy' }],
    });
    expect(transport.log).toEqual([`GET ${PROFILES}/@a`, `PATCH ${PROFILES}/@a`, `GET ${PROFILES}/@a2`]);
    expect(sentBodies(transport)).toEqual([AMY]);
  });

  it('is an empty list when nothing had to be sent', async () => {
    const { result } = update({ ...TRACK, onlyChanged: true }, AMY, [json(profile('@a', AMY))]);

    expect(await result).toEqual({ record: profile('@a', AMY), isSent: false, sent: {}, changes: [] });
  });

  it('is left out when nobody asked', async () => {
    expect((await update(READ_BACK, AMY, [json(profile('@a')), json(profile('@a', AMY))]).result).changes).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('of the update ends it', async () => {
    const { transport, result } = update(VERIFY, AMY, [
      text('An error has occurred - please contact your administrator.', 500),
      json(profile('@a')),
    ]);

    expect(await refusalOf(result)).toMatchObject({ reason: 'rejected', facts: { fieldsSent: ['firstName', 'birthDate'] } });
    expect(transport.requests).toHaveLength(1);
  });
});

describe('what is easily got wrong', () => {
  it.each([
    ['Campaign asks to slow down', text('', 429, { 'retry-after': '3600' })],
    ['Campaign refuses', text('', 500)],
    ['the profile is gone', text("Unable to find document with path 'Profile' from key 'x'", 404)],
  ])('says that the update was made when only reading back does not work: %s', async (_, reply) => {
    const { message, description } = await refusalOf(update(READ_BACK, AMY, [json({ PKey: '@a2' }), reply]).result);

    expect(`${message} ${description}`).toMatch(/updat|written/i);
  });

  it.each([
    'https://mc-stage.adobe.io/northwind/campaign/profileAndServices/profile/@a',
    'https://mc.adobe.io/northwind/profileAndServices/profile/@a',
  ])('does not report an update that was made as unusable input because of the address in its answer: %s', async (href) => {
    const outcome = await update(PLAIN, AMY, [json({ PKey: '@a', href })]).result.catch(detailsOf);

    expect(outcome).not.toMatchObject({ reason: 'invalidInput' });
  });
});
