import { checkKeyColumn, checkKeyOf } from '../../../../nodes/shared/campaign/find/customKeys';
import { locateResource, parseResourceName } from '../../../../nodes/shared/campaign/find/customResources';
import { resolveLinks, type GivenLink } from '../../../../nodes/shared/campaign/find/links';
import { parseMetadata } from '../../../../nodes/shared/campaign/metadata';
import { checkServiceName } from '../../../../nodes/shared/campaign/find/services';
import { clientOver, FakeTransport, json, METADATA, ROOT, text, type Reply } from '../../support/campaign';
import { refusalBy, refusalOf } from '../../support/errors';

const EXT = `${ROOT}/profileAndServicesExt`;
const OTHER = `${ROOT}/customResources`;
const ORDER = { api: 'profileAndServicesExt', name: 'cusOrder' } as const;
const STORE = { api: 'customResources', name: 'cusStore' } as const;
const ABSENT = text('Unsupported endpoint. (endpoint=rest/x)', 404);

const over = (...replies: Reply[]) => {
  const transport = new FakeTransport(...replies);
  return { client: clientOver(transport), transport };
};

describe('the name of a custom resource', () => {
  it('is taken without blanks', () => expect(parseResourceName(' cusOrder ')).toBe('cusOrder'));

  it.each(['', ' ', undefined, null, 7, '../profile', 'cus/Order', 'cusÖrder', 'a?b'])('is not %j', (value) => {
    expect(refusalBy(() => parseResourceName(value)).reason).toBe('invalidInput');
  });
});

describe('the API of a custom resource', () => {
  it('is the first that describes it, asked once', async () => {
    const { client, transport } = over(ABSENT, json(METADATA));
    expect(await locateResource(client, 'cusStore')).toEqual(STORE);
    expect(await locateResource(client, 'cusStore')).toEqual(STORE);
    expect(transport.log).toEqual([`GET ${EXT}/resourceType/cusStore`, `GET ${OTHER}/resourceType/cusStore`]);
  });

  it('is none where neither does', async () => {
    const error = await refusalOf(locateResource(over(ABSENT, text('RST-360011 x\nError rc=-2003', 404)).client, 'cusNone'));
    expect(error).toMatchObject({
      reason: 'rejected',
      message: "Campaign has no resource 'cusNone'",
      description: expect.stringContaining('publish the data model again'),
    });
  });

  it('is not guessed where the account may not ask', async () => {
    const { client, transport } = over(text('', 403));
    expect((await refusalOf(locateResource(client, 'cusOrder'))).reason).toBe('forbidden');
    expect(transport.requests).toHaveLength(1);
  });
});

describe('a custom key', () => {
  it.each([
    ['O-1', { orderNumber: 'O-1' }],
    [' o-1 ', { orderNumber: 'O-1' }],
    [7, { orderNumber: '7' }],
    ['O-1', {}],
  ])('%j is that of %j', (value, record) => {
    expect(() => checkKeyOf('cusOrder', 'orderNumber', value, record)).not.toThrow();
  });

  it('of another field is refused', () => {
    expect(refusalBy(() => checkKeyOf('cusOrder', 'comment', 'O-1', { comment: 'x' })).message).toBe(
      "'comment' is not the custom key of cusOrders",
    );
  });

  it('is proven by a record that is there, once per execution', async () => {
    const { client, transport } = over(
      json({
        content: [
          { PKey: '@a', code: '' },
          { PKey: '@b', code: 'B' },
        ],
      }),
      json({ PKey: '@b', code: 'B' }),
    );
    await Promise.all([checkKeyColumn(client, STORE, 'code'), checkKeyColumn(client, STORE, 'code')]);
    expect(transport.log.at(-1)).toBe(`GET ${OTHER}/cusStore/B`);
    expect(transport.requests).toHaveLength(2);
  });

  it.each<[string, Reply]>([
    ['nothing', text("Unable to find document with path 'Store' from key 'Oslo'", 404)],
    ['another record', json({ PKey: '@c', city: 'Bergen' })],
  ])('is disproven when its value finds %s', async (_, reply) => {
    const { client } = over(json({ content: [{ PKey: '@a', city: 'Oslo' }] }), reply);
    expect((await refusalOf(checkKeyColumn(client, STORE, 'city'))).message).toContain("'city' is not the custom key of cusStores");
  });

  it('needs no proof where nothing is there', async () => {
    const { client, transport } = over(json({ content: [] }));
    await expect(checkKeyColumn(client, STORE, 'city')).resolves.toBe(false);
    // One look, and no key to try.
    expect(transport.requests).toHaveLength(1);
  });
});

describe('links', () => {
  const catalogue = parseMetadata({
    content: {
      department: { type: 'link', resTarget: 'cusDepartment' },
      profile: { type: 'link', resTarget: 'profile' },
      service: { type: 'link', resTarget: 'service' },
      somewhere: { type: 'link' },
      label: { type: 'string' },
    },
  });
  const resolve = (replies: Reply[], link: GivenLink, resource: typeof ORDER | typeof STORE = ORDER) => {
    const { client, transport } = over(...replies);
    return { resolved: resolveLinks(client, resource, catalogue, [link]), transport };
  };

  it.each<[GivenLink, typeof ORDER | typeof STORE, Reply[], unknown, string[]]>([
    [{ field: 'profile', by: 'pKey', value: ' @p ' }, ORDER, [], { profile: { PKey: '@p' } }, []],
    [{ field: 'profile', by: 'nothing', value: 'left behind' }, ORDER, [], { profile: null }, []],
    [
      { field: 'service', by: 'key', value: 'weekly' },
      ORDER,
      [json({ PKey: '@s' })],
      { service: { PKey: '@s' } },
      [`GET ${EXT}/service/weekly`],
    ],
    [
      { field: 'department', by: 'key', value: 'D1' },
      STORE,
      [json({ PKey: '@d' })],
      { department: { PKey: '@d' } },
      [`GET ${OTHER}/cusDepartment/D1`],
    ],
    [
      { field: 'department', by: 'key', value: 'D1' },
      ORDER,
      [json({ PKey: '@d' })],
      { department: { PKey: '@d' } },
      [`GET ${EXT}/cusDepartment/D1`],
    ],
    [
      { field: 'profile', by: 'email', value: 'a@b.c' },
      ORDER,
      [json({ content: [{ PKey: '@p', email: 'a@b.c' }] })],
      { profile: { PKey: '@p' } },
      [`GET ${EXT}/profile/byEmail?email=a%40b.c&_forcePagination=true`],
    ],
  ])('become PKeys: %j', async (link, resource, replies, expected, log) => {
    const { resolved, transport } = resolve(replies, link, resource);
    expect(await resolved).toEqual(expected);
    expect(transport.log).toEqual(log);
  });

  it.each<[GivenLink, string]>([
    [{ field: 'service', by: 'email', value: 'a@b.c' }, "Link 'service' leads to service, which has no email"],
    [{ field: 'label', by: 'pKey', value: '@p' }, "'label' of the cusOrder is no link"],
    [{ field: 'nothing', by: 'pKey', value: '@p' }, "The cusOrder has no link 'nothing'"],
    [{ field: 'somewhere', by: 'key', value: 'x' }, "does not say where link 'somewhere' leads"],
    [{ field: 'profile', by: 'key', value: 'a/b' }, 'cannot be part of a key'],
  ])('are refused before a request: %j', async (link, message) => {
    const { resolved, transport } = resolve([], link);
    expect((await refusalOf(resolved)).message).toContain(message);
    expect(transport.requests).toEqual([]);
  });
});

describe('the name of a new service', () => {
  it.each(['weekly_offers', 'SVC8', '', undefined])('may be %j', (name) => expect(() => checkServiceName({ name })).not.toThrow());

  it.each([
    ['new é-mails', 'new___mails'],
    ['a.b', 'a_b'],
  ])('%j would become %j', (name, changed) => {
    expect(refusalBy(() => checkServiceName({ name })).message).toContain(`'${changed}'`);
  });
});
