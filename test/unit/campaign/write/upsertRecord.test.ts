import { upsertRecord, type Upsert } from '../../../../nodes/shared/campaign/write/upsertRecord';
import { TransportError } from '../../../../nodes/shared/transport/transport';
import { catalogue, clientOver, FakeTransport, json, profile, PROFILES, text, type Reply } from '../../support/campaign';
import { refusalOf } from '../../support/errors';

const FIELDS = { email: 'amy@mail.com', firstName: 'Amy' };
const lost = () => new TransportError('interrupted', 'ECONNRESET');
const at = (key: string, record = profile(key)) => ({ url: `${PROFILES}/${key}`, subject: 'profile', record });

function upsert(more: Partial<Upsert>, ...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  const created: unknown[] = [];
  const results = upsertRecord(clientOver(transport), {
    resource: { api: 'profileAndServices', name: 'profile' },
    catalogue: catalogue(),
    behavior: 'createOrUpdate',
    recordKey: 'amy',
    plan: { onlyChanged: true, readBack: false, verify: false, trackChanges: false },
    forCreate: () => FIELDS,
    forUpdate: () => ({ firstName: 'Amy' }),
    find: async () => [],
    onCreated: ({ PKey }) => created.push(PKey),
    ...more,
  });
  return { transport, created, results };
}
const VERIFY = { onlyChanged: true, readBack: true, verify: true, trackChanges: false };

describe('upsertRecord', () => {
  it('creates what is not there', async () => {
    const { results, created, transport } = upsert({}, json(profile('@n', FIELDS), 201));

    expect(await results).toEqual([{ outcome: 'created', sent: {}, written: FIELDS, record: profile('@n', FIELDS) }]);
    expect(created).toEqual(['@n']);
    expect(transport.log).toEqual([`POST ${PROFILES}`]);
  });

  it('creates what was found and is gone by now', async () => {
    const { results, transport } = upsert(
      { find: async () => [{ url: `${PROFILES}/@a`, subject: 'profile' }] },
      text("Unable to find document with path 'Profile' from key 'x'", 404),
      json(profile('@n')),
    );

    expect(await results).toMatchObject([{ outcome: 'created' }]);
    expect(transport.log).toEqual([`GET ${PROFILES}/@a`, `POST ${PROFILES}`]);
  });

  it('updates one after the other, and says which needed nothing', async () => {
    const { results, transport } = upsert({ find: async () => [at('@a'), at('@b', profile('@b', FIELDS))] }, json({ PKey: '@a2' }));

    expect((await results).map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged']);
    expect(transport.log).toEqual([`PATCH ${PROFILES}/@a`]);
  });

  it('does no more than it may', async () => {
    const leftAlone = upsert({ behavior: 'createOnly', find: async () => [at('@a')] });
    expect(await leftAlone.results).toMatchObject([{ outcome: 'unchanged', record: { href: `${PROFILES}/@a` } }]);
    const notCreated = upsert({ behavior: 'updateOnly' });
    expect(await notCreated.results).toEqual([]);
    expect([...leftAlone.transport.log, ...notCreated.transport.log]).toEqual([]);
  });

  it.each([
    ['one that holds what was sent', [at('@n', { PKey: '@n', ...FIELDS })], 'created'],
    ['one that holds something else', [at('@n', profile('@n', { ...FIELDS, firstName: 'Ida' }))], 'outcomeUnknown'],
    ['several', [at('@n', profile('@n', FIELDS)), at('@m', profile('@m', FIELDS))], 'outcomeUnknown'],
  ])('after a lost answer looks again and finds %s', async (_, later, expected) => {
    const looks = [[], later];
    const { results, transport } = upsert({ find: async () => looks.shift() ?? [] }, lost());

    if (expected === 'created') expect(await results).toMatchObject([{ outcome: 'created', record: { href: `${PROFILES}/@n` } }]);
    else expect(await refusalOf(results)).toMatchObject({ reason: expected });
    expect(transport.requests).toHaveLength(1);
  });

  it('after an answer that is late looks again, and creates nothing that may still come', async () => {
    const { results, transport } = upsert({}, new TransportError('interrupted', 'ETIMEDOUT'));

    expect(await refusalOf(results)).toMatchObject({ reason: 'outcomeUnknown' });
    expect(transport.requests).toHaveLength(1);
  });

  it.each([
    ['a reset', () => lost()],
    ['a 503', () => text('', 503)],
  ])('B2: after %s looks twice, and creates what is not there', async (_, reply) => {
    const looks: number[] = [];
    const find = async () => (looks.push(1), []);
    const { results, transport } = upsert({ find }, reply(), json(profile('@n')));

    expect(await results).toMatchObject([{ outcome: 'created' }]);
    expect(transport.log).toEqual([`POST ${PROFILES}`, `POST ${PROFILES}`]);
    expect(looks).toHaveLength(3);
  });

  it('finds what is listed a while later', async () => {
    const looks = [[], [], [at('@n', { PKey: '@n', ...FIELDS })]];
    const { results, transport } = upsert({ find: async () => looks.shift() ?? [] }, lost());

    expect(await results).toMatchObject([{ outcome: 'created', record: { href: `${PROFILES}/@n` } }]);
    expect(transport.requests).toHaveLength(1);
  });

  it.each([
    ['cannot be read back', text('', 500), /was created, but could not be read back/],
    ['holds something else', json(profile('@n', { ...FIELDS, firstName: 'AMY' })), /does not hold what was written/],
  ])('tells of a new record before it %s', async (_, reply, message) => {
    const { results, created } = upsert({ plan: VERIFY }, json(profile('@n', FIELDS)), reply);

    expect(await refusalOf(results)).toMatchObject({ reason: 'notVerified', message: expect.stringMatching(message) });
    expect(created).toEqual(['@n']);
  });
});
