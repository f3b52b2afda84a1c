import { Secrets } from '../../../nodes/shared/campaign/secrets';
import { TransportError } from '../../../nodes/shared/transport/transport';
import {
  clientOver,
  EXTENDED_PROFILES,
  FakeTransport,
  json,
  METADATA,
  profile,
  PROFILES,
  ROOT,
  text,
  type Reply,
} from '../support/campaign';
import { detailsOf, refusalOf, rejectionOf } from '../support/errors';

const URL_A = `${PROFILES}/@a`;
const SUBJECT = "profile with PKey '@a'";

function over(...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  return { transport, client: clientOver(transport) };
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

describe('find', () => {
  it('gets the record at the address', async () => {
    const { client, transport } = over(json(profile('@a', { email: 'amy@mail.com' })));

    expect(await client.find(URL_A, SUBJECT)).toEqual({ PKey: '@a', href: URL_A, email: 'amy@mail.com' });
    expect(transport.requests).toEqual([{ method: 'GET', url: URL_A }]);
  });

  it('keeps the digits of numbers that JavaScript would round, as text', async () => {
    const body =
      '{"PKey":"@a","href":"x","id":12345678901234567890,"list":[9007199254740993,1],"text":"12345678901234567890 \\" 1","share":0.30000000000000004,"amount":-1234.5}';
    expect(await over(text(body)).client.find(URL_A, SUBJECT)).toMatchObject({
      id: '12345678901234567890',
      list: ['9007199254740993', 1],
      text: '12345678901234567890 " 1',
      share: 0.30000000000000004,
      amount: -1234.5,
    });
  });

  it('says where the record is, also where Campaign Standard does not', async () => {
    expect(await over(json({ PKey: '@a2' })).client.find(URL_A, SUBJECT)).toEqual({ PKey: '@a2', href: URL_A });
  });

  it('gives nothing for a record that is not there', async () => {
    expect(await over(text("Unable to find document with path 'Profile' from key 'x'", 404)).client.find(URL_A, SUBJECT)).toBeUndefined();
  });

  it('tells a key that means nothing from a record that is not there', async () => {
    expect(await refusalOf(over(text('Unable to decrypt PKey. (PKey=@a)', 404)).client.find(URL_A, SUBJECT))).toMatchObject({
      reason: 'unknownKey',
    });
  });

  it.each<[string, Reply, string]>([
    [
      'of the gateway',
      json({ error_code: '403003', message: 'Api Key is invalid' }),
      "the error '403003 Api Key is invalid' with status 200",
    ],
    [
      'of the gateway, its code a number',
      json({ error_code: 429050, message: 'Too many requests' }),
      "the error '429050 Too many requests'",
    ],
    ['without words', json({ error_code: '500999' }), "the error '500999'"],
    ['in the other form', json({ code: 502, message: 'Oops. Something went wrong.' }), "the error '502 Oops. Something went wrong'"],
    [
      'of Campaign',
      text("RST-360011 An error has occurred.\nXTK-170036 Unable to parse expression '@foo'."),
      "Unable to parse expression '@foo'",
    ],
  ])('shows the error %s that comes with a good status, whatever was asked', async (_, reply, shown) => {
    for (const ask of [
      async () => await over(reply).client.find(URL_A, SUBJECT),
      async () => await over(reply).client.page(PROFILES, 'profile'),
      async () => await over(reply).client.update(URL_A, { phone: '1' }, SUBJECT),
      async () => await over(reply).client.create(PROFILES, { phone: '1' }, 'profile'),
    ]) {
      expect((await refusalOf(ask())).message).toContain(shown);
    }
  });

  it('says what to do about a code that is known, and shows nothing of the credential', async () => {
    const reply = json({ error_code: '401013', message: 'Oauth token SECRET-TOKEN-0815 is not valid' });
    const client = clientOver(new FakeTransport(reply), new Secrets({ bearerToken: 'SECRET-TOKEN-0815' }));
    const { message, description } = await refusalOf(client.find(URL_A, SUBJECT));
    expect(message).toContain("the error '401013 Oauth token … is not valid'");
    expect(description).toContain('A pasted access token lives for 24 hours');
  });

  it.each([
    ['an HTML page', text('<html>Sign in</html>')],
    ['JSON that was cut', text('{"PKey":"@a","email":"am')],
    ['an empty answer', text('')],
    ['no content', text('', 204)],
    ['the values of one attribute', json({ content: ['amy@mail.com'] })],
    ['a list', json({ content: [profile('@a'), profile('@b')], count: { value: 2 } })],
    ['a record without a key', json({ email: 'amy@mail.com' })],
    ['null', text('null')],
  ])('takes %s for no profile', async (_, reply) => {
    expect(await refusalOf(over(reply, reply, reply, reply, reply).client.find(URL_A, SUBJECT))).toMatchObject({
      reason: 'unreadableAnswer',
      message: expect.stringContaining("Campaign's answer is not a profile with PKey '@a'"),
      httpStatus: reply.status,
    });
  });

  it('does not take an answer without a status of success for a record', async () => {
    expect(await refusalOf(over(json(profile('@a'), 500)).client.find(URL_A, SUBJECT))).toMatchObject({ reason: 'rejected' });
  });
});

describe('retrieve', () => {
  it('fails for a record that is not there', async () => {
    expect(
      await refusalOf(over(text("Unable to find document with path 'Profile' from key 'x'", 404)).client.retrieve(URL_A, SUBJECT)),
    ).toMatchObject({
      reason: 'notFound',
      message: "There is no profile with PKey '@a'",
    });
  });
});

describe('no answer', () => {
  it('becomes an error with advice', async () => {
    const lost = Array.from({ length: 100 }, () => new TransportError('interrupted', 'ECONNRESET'));

    expect(await refusalOf(over(...lost).client.find(URL_A, SUBJECT))).toMatchObject({ reason: 'unavailable' });
    expect(await refusalOf(over(...lost).client.update(URL_A, { phone: '1' }, SUBJECT))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it('because the workflow was stopped goes on as it is', async () => {
    expect(await rejectionOf(over(new TransportError('cancelled', 'stopped')).client.find(URL_A, SUBJECT))).toMatchObject({
      failure: 'cancelled',
    });
  });

  it('because of the credential goes on as it is', async () => {
    const error = new Error('the credential');

    expect(await rejectionOf(over(error).client.find(URL_A, SUBJECT))).toBe(error);
  });
});

describe('page and list', () => {
  const FIRST = `${PROFILES}/byEmail?email=amy%40mail.com`;
  const next = (cursor: string) => ({ href: `${PROFILES}/byEmail?_lineStart=@${cursor}` });

  it('follows next to the end', async () => {
    const { client, transport } = over(
      json({ content: [profile('@a'), profile('@b')], next: next('1') }),
      json({ content: [profile('@c')], next: next('2') }),
      json({ content: [profile('@d')] }),
    );

    expect((await all(client.list(FIRST, 'profile'))).map(({ PKey }) => PKey)).toEqual(['@a', '@b', '@c', '@d']);
    expect(transport.log).toEqual([FIRST, next('1').href, next('2').href].map((url) => `GET ${url}&_forcePagination=true`));
  });

  it('asks for no further page when nobody wants it', async () => {
    const { client, transport } = over(json({ content: [profile('@a')], next: next('1') }));

    for await (const record of client.list(FIRST, 'profile')) {
      expect(record.PKey).toBe('@a');
      break;
    }

    expect(transport.requests).toHaveLength(1);
  });

  it.each([
    [
      'next was there before',
      [json({ content: [profile('@a')], next: next('1') }), json({ content: [profile('@b')], next: next('1') })],
      ['@a', '@b'],
    ],
    ['next leads to the beginning', [json({ content: [profile('@a')], next: { href: FIRST } })], ['@a']],
    [
      'several pages in a row are empty',
      [json({ content: [profile('@a')], next: next('1') }), ...['2', '3', '4'].map((page) => json({ content: [], next: next(page) }))],
      ['@a'],
    ],
    ['an empty page has no next', [json({ content: [profile('@a')], next: next('1') }), json({ content: [] })], ['@a']],
    [
      'the last one is, and not where one before it is empty, of which rights may have left nothing',
      [
        json({ content: [], next: next('1') }),
        json({ content: [profile('@b')], next: next('2') }),
        json({ content: [], next: next('3') }),
        json({ content: [profile('@c')] }),
      ],
      ['@b', '@c'],
    ],
  ])('ends where %s', async (_, replies, keys) => {
    const { client, transport } = over(...replies);

    expect((await all(client.list(FIRST, 'profile'))).map(({ PKey }) => PKey)).toEqual(keys);
    expect(transport.requests).toHaveLength(replies.length);
  });

  it('follows the relative next of old Campaign Standard instances', async () => {
    const { client, transport } = over(
      json({ content: [profile('@a')], next: { href: '/profileAndServices/profile/?_lineStart=@k' } }),
      json({ content: [] }),
    );
    await all(client.list(FIRST, 'profile'));

    expect(transport.log.at(-1)).toBe(`GET ${ROOT}/profileAndServices/profile/?_lineStart=@k&_forcePagination=true`);
  });

  it.each(['https://evil.example/northwind/campaign/x', 'https://mc.adobe.io/contoso/campaign/x', `${ROOT}/../../contoso/campaign/x`])(
    'does not take the token to %s, whatever next says',
    async (href) => {
      const { client, transport } = over(json({ content: [profile('@a')], next: { href } }));
      const seen: unknown[] = [];
      const error = await rejectionOf(
        (async () => {
          for await (const record of client.list(FIRST, 'profile')) seen.push(record.PKey);
        })(),
      );

      expect(detailsOf(error).reason).toBe('unreadableAnswer');
      expect(seen).toEqual(['@a']);
      expect(transport.requests).toHaveLength(1);
    },
  );

  it.each([
    ['an HTML page', text('<html>')],
    ['a record', json(profile('@a'))],
    ['the values of one attribute', json({ content: ['amy@mail.com'] })],
    ['an empty answer', text('')],
  ])('takes %s for no list', async (_, reply) => {
    expect(await refusalOf(over(reply, reply, reply, reply, reply).client.page(FIRST, 'profile'))).toMatchObject({
      reason: 'unreadableAnswer',
      message: expect.stringContaining("Campaign's answer is not a list of profiles"),
    });
  });
});

describe('update', () => {
  it('sends the fields as JSON and gives what Campaign returned', async () => {
    const { client, transport } = over(json({ PKey: '@a2', href: `${PROFILES}/@a2` }));

    expect(await client.update(URL_A, { firstName: 'Zoë', country: null }, SUBJECT)).toEqual({ PKey: '@a2', href: `${PROFILES}/@a2` });
    expect(transport.requests).toEqual([{ method: 'PATCH', url: URL_A, body: '{"firstName":"Zoë","country":null}' }]);
  });

  it.each([
    ['no content', text('', 204)],
    ['an empty answer', text(' \n')],
    ['an HTML page', text('<html>Sign in</html>')],
    ['JSON that was cut', text('{"PKey":"@a')],
    ['JSON of another kind', json({ content: ['amy@mail.com'] })],
  ])('does not know what happened when %s came back with status 200', async (_, reply) => {
    expect(await refusalOf(over(reply).client.update(URL_A, { phone: '1' }, SUBJECT))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it('names the fields that were sent, not their values, when Campaign refuses them', async () => {
    const refusal = await refusalOf(
      over(text('An error has occurred - please contact your administrator.', 500)).client.update(
        URL_A,
        { phone: '5550199', gender: 'x' },
        SUBJECT,
      ),
    );

    expect(refusal).toMatchObject({
      reason: 'rejected',
      description: expect.stringContaining('phone, gender'),
      facts: { fieldsSent: ['phone', 'gender'] },
    });
    expect(JSON.stringify(refusal)).not.toContain('5550199');
  });

  it('is not sent again after 500', async () => {
    const { client, transport } = over(text('', 500), json(profile('@a')));
    await refusalOf(client.update(URL_A, { phone: '1' }, SUBJECT));

    expect(transport.requests).toHaveLength(1);
  });
});

describe('fields', () => {
  it('asks once, however many ask at the same time', async () => {
    const { client, transport } = over(json(METADATA));
    const catalogues = await Promise.all(Array.from({ length: 10 }, async () => await client.fields('profileAndServices', 'profile')));

    expect(new Set(catalogues).size).toBe(1);
    expect(catalogues[0]?.get('gender')?.kind).toBe('enumeration');
    expect(transport.log).toEqual([`GET ${ROOT}/profileAndServices/resourceType/profile`]);
  });

  it('asks each API and each resource for itself', async () => {
    const { client, transport } = over(json(METADATA), json(METADATA), json(METADATA));
    await client.fields('profileAndServices', 'profile');
    await client.fields('profileAndServicesExt', 'profile');
    await client.fields('profileAndServices', 'service');

    expect(transport.requests).toHaveLength(3);
  });

  it('asks again after an answer that may be better the next time', async () => {
    const { client } = over(new TransportError('blocked', 'CERT_HAS_EXPIRED'), json(METADATA));

    expect(await refusalOf(client.fields('profileAndServices', 'profile'))).toMatchObject({ reason: 'unavailable' });
    expect((await client.fields('profileAndServices', 'profile')).size).toBeGreaterThan(0);
  });

  it.each([
    ['an HTML page', text('<html>')],
    ['a list', json({ content: [] })],
    ['nothing', text('')],
  ])('takes %s for no description', async (_, reply) => {
    expect(await refusalOf(over(reply, reply, reply, reply, reply).client.fields('profileAndServices', 'profile'))).toMatchObject({
      reason: 'unreadableAnswer',
    });
  });
});

describe('addressOf', () => {
  const { client } = over();

  it("prefers Campaign's own address", () => {
    expect(client.addressOf({ PKey: '@a', href: `${EXTENDED_PROFILES}/@a9` }, 'profileAndServices', 'profile')).toBe(
      `${EXTENDED_PROFILES}/@a9`,
    );
  });

  it('makes one from the key where there is none', () => {
    expect(client.addressOf({ PKey: '@a' }, 'profileAndServicesExt', 'profile')).toBe(`${EXTENDED_PROFILES}/@a`);
  });

  it('knows none for an answer without a word', () => {
    expect(client.addressOf({}, 'profileAndServices', 'profile')).toBeUndefined();
  });

  it.each([
    'https://evil.example/northwind/campaign/profileAndServices/profile/@a',
    'https://mc.adobe.io/contoso/campaign/profileAndServices/profile/@a',
  ])('never gives %s', (href) => {
    // Whether it refuses or goes by the key, the token stays at home.
    let address: string | undefined;
    try {
      address = client.addressOf({ PKey: '@a', href }, 'profileAndServices', 'profile');
    } catch (error) {
      expect(detailsOf(error).message).toContain('The URL');
    }
    expect(address === undefined || address.startsWith(`${ROOT}/`)).toBe(true);
  });
});

describe('what is easily got wrong', () => {
  it.each([
    ['the connection was refused', () => new TransportError('notDelivered', 'ECONNREFUSED')],
    ['Campaign was not available', () => text('', 503)],
    ['Campaign asked to slow down', () => text('', 429, { 'retry-after': '3600' })],
  ] satisfies Array<[string, () => Reply]>)(
    'remembers that the first try of an update may have been carried out, although afterwards %s',
    async (_, later) => {
      const { client } = over(new TransportError('interrupted', 'ECONNRESET'), ...Array.from<unknown, Reply>({ length: 100 }, later));

      expect(await refusalOf(client.update(URL_A, { phone: '1' }, SUBJECT))).toMatchObject({ reason: 'outcomeUnknown' });
    },
  );
});

describe('command', () => {
  const COMMANDS = `${ROOT}/workflow/execution/WKF42/commands`;
  const send = async (reply: Reply) => {
    const { client, transport } = over(reply);
    return { said: client.command(COMMANDS, { method: 'start' }, "workflow with ID 'WKF42'", ['method']), transport };
  };

  it.each([json({}), json(profile('@a')), text(''), text('', 204)])('is accepted with %j', async (reply) => {
    const { said, transport } = await send(reply);

    expect(await said).toBeUndefined();
    expect(transport.requests).toEqual([{ method: 'POST', url: COMMANDS, body: '{"method":"start"}' }]);
  });

  it('hands over text, which its sender has to understand', async () => {
    expect(await (await send(text(' Not now.\n'))).said).toBe('Not now.');
  });

  it("takes Campaign's own errors for what they are, whatever their status", async () => {
    const { said } = await send(
      text("RST-360011 An error has occurred - please contact your administrator.\n'x' parameter isn't defined in signal activity."),
    );

    expect(await refusalOf(said)).toMatchObject({
      reason: 'rejected',
      message: expect.stringContaining("'x' parameter isn't defined"),
      facts: { fieldsSent: ['method'] },
    });
  });

  it('takes no page for an answer', async () => {
    expect(await refusalOf((await send(text('<html>Sign in</html>'))).said)).toMatchObject({
      reason: 'outcomeUnknown',
      message: expect.stringContaining('an HTML page'),
    });
  });
});

describe('count', () => {
  const url = `${PROFILES}?_lineCount=1`;

  it('is at hand where one page holds all, and asked for by the address as it stands where not', async () => {
    expect(await over(json({ content: [], count: { value: 0 } })).client.count(url, 'profile')).toBe(0);
    const { client, transport } = over(json({ content: [], count: { href: `${PROFILES}//_count?a=b` } }), json({ count: 7 }));
    expect(await client.count(url, 'profile')).toBe(7);
    expect(transport.log.at(-1)).toBe(`GET ${PROFILES}//_count?a=b`);
  });

  it('takes the token nowhere else', async () => {
    const { client, transport } = over(json({ content: [], count: { href: 'https://evil.example/_count' } }));
    expect(await refusalOf(client.count(url, 'profile'))).toMatchObject({ reason: 'unreadableAnswer' });
    expect(transport.requests).toHaveLength(1);
  });
});

describe('filters', () => {
  it.each(['filters', 'filters/', ''])('are where the description says, with its last segment or without: %j', async (last) => {
    const base = `${PROFILES}/`;
    const { client, transport } = over(json({ ...METADATA, filters: { href: `${base}${last}` } }), json({ byA: { data: 'byA?a=$value' } }));
    const [one, other] = await Promise.all([
      client.filters('profileAndServices', 'profile'),
      client.filters('profileAndServices', 'profile'),
    ]);
    expect([...one.keys()]).toEqual(['byA']);
    expect(other).toBe(one);
    expect(transport.log.at(-1)).toMatch(/\/profile\/filters\/?$/);
    expect(transport.requests).toHaveLength(2);
  });

  it('are none where the description names none', async () => {
    expect((await over(json(METADATA)).client.filters('profileAndServices', 'profile')).size).toBe(0);
  });
});

describe('A23: what an answer proves', () => {
  const GONE = text("Unable to find document with path 'Profile' from key 'x'", 404);
  const FOREIGN: Reply[] = [
    text('<html>Sign in</html>'),
    json({ hello: ['world'] }),
    text('{"content": ['),
    text('<html>404</html>', 404),
    text('', 404),
  ];

  it.each(FOREIGN)('a DELETE answered with %j is done when the record is gone', async (reply) => {
    expect(await over(reply, GONE).client.remove(URL_A, SUBJECT)).toBe(true);
    expect(await refusalOf(over(reply, json(profile('@a'))).client.remove(URL_A, SUBJECT))).toMatchObject({ reason: 'outcomeUnknown' });
    expect(await refusalOf(over(reply, text('<html>', 404)).client.remove(URL_A, SUBJECT))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it.each(FOREIGN)('a command answered with %j may be done', async (reply) => {
    const { client } = over(reply);
    expect(await refusalOf(client.command(`${ROOT}/workflow/x`, {}, 'workflow'))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it.each(FOREIGN)('a creation answered with %j may be done', async (reply) => {
    expect(await refusalOf(over(reply).client.create(PROFILES, {}, 'profile'))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it('B18: a 502 of the gateway after a POST may be an answer that was lost', async () => {
    const oops = json({ code: 502, message: 'Oops. Something went wrong. Check your URI and try again.' }, 502);
    expect(await refusalOf(over(oops).client.create(PROFILES, {}, 'profile'))).toMatchObject({ reason: 'outcomeUnknown' });
  });

  it.each([text(''), text('', 204), text('{"PKey":"@a","em'), text('  ')])('B14: a GET answered with %j is asked again', async (reply) => {
    expect(await over(reply, reply, json(profile('@a'))).client.find(URL_A, SUBJECT)).toMatchObject({ PKey: '@a' });
  });

  it('C8: a record in a wrapper is one wherever one is read', async () => {
    const wrapped = json({ content: [profile('@a')], count: { href: `${PROFILES}//_count`, value: 1 }, serverSidePagination: true });
    expect(await over(wrapped).client.find(URL_A, SUBJECT)).toMatchObject({ PKey: '@a' });
    expect(await over(wrapped).client.update(URL_A, { phone: '1' }, SUBJECT)).toMatchObject({ PKey: '@a' });
    expect(await over(wrapped).client.create(PROFILES, {}, 'profile')).toMatchObject({ PKey: '@a' });
  });

  it('C8: the only row of a list is no record where a key could be the name of a filter', async () => {
    const only = json({ content: [profile('@a', { cusLoyaltyId: 'L 1' })] });
    const at = async (key: string) => await over(only).client.find(`${EXTENDED_PROFILES}/${key}`, SUBJECT);
    expect(await at('l%201')).toMatchObject({ PKey: '@a' });
    for (const key of ['byText', 'byEmail?email=', 'L', '%E0%A4%A']) {
      expect(await refusalOf(at(key))).toMatchObject({ reason: 'unreadableAnswer' });
    }
  });
});
