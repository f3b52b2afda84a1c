import { at } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';
const GENERIC = 'An error has occurred - please contact your administrator.';

describe.each(DIALECTS)('write rules on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const amy = () => started.simulator.profiles.byEmail('amy.dakota@mail.com')[0];
  const target = (api = 'profileAndServicesExt'): string => {
    const profile = amy();
    return `${api}/profile/${profile === undefined ? '' : started.simulator.profiles.keyOf(profile)}`;
  };
  /** Status and text of a PATCH. */
  const patched = async (body: unknown, api?: string): Promise<[number, string]> => {
    const { status, text } = await started.client.patch(target(api), body);
    return [status, text];
  };
  /** What is stored after a PATCH that succeeds. */
  const stored = async (attribute: string, value: unknown): Promise<unknown> => {
    expect(await patched({ [attribute]: value })).toEqual([200, expect.any(String)]);
    return amy()?.[attribute];
  };
  const worded = (...lines: string[]): string => (dialect === 'acs' ? [PREFIX, ...lines].join('\n') : lines.join('\n'));

  it('know the attributes of the API called', async () => {
    const message = (name: string): [number, string] => [500, worded(`'${name}' property is not valid for the 'profile' resource.`)];
    expect(await patched({ nothing: 1 })).toEqual(message('nothing'));
    expect(await patched({ cusPoints: 1 }, 'profileAndServices')).toEqual(message('cusPoints'));
    expect(await patched({ constructor: 1 })).toEqual(message('constructor'));
    for (const name of ['timeZone', 'ccpaOptOut']) {
      const value = name === 'timeZone' ? 'Europe_Paris' : true;
      expect((await patched({ [name]: value }, 'profileAndServices'))[0]).toBe(dialect === 'acs' ? 200 : 500);
      expect(await stored(name, value)).toBe(value);
    }
    expect(await started.client.post('profileAndServices/profile', { nothing: 1 })).toMatchObject({ status: 500 });
  });

  it('answer an unknown attribute with a status that is assumed', async () => {
    started.simulator.assumptions.unknownAttributeStatus = 400;
    expect((await patched({ nothing: 1 }))[0]).toBe(400);
  });

  it.each(['age', 'title', 'domain', 'cryptedId', 'href', 'isExternal', 'postalAddress', 'subscriptions', 'blackListEmailLastModified'])(
    'refuse the read-only %s',
    async (name) => {
      expect(await patched({ [name]: 1 })).toEqual([
        500,
        worded(`Cannot update the '${name}' property that is read-only`, `'${name}' property is not valid for the 'profile' resource.`),
      ]);
    },
  );

  it('refuse isExternal; that it is read-only is assumed', async () => {
    started.simulator.assumptions.writableAfterAll = ['isExternal'];
    expect(await stored('isExternal', true)).toBe(true);
  });

  it('ignore created, createdBy, lastModified and modifiedBy; on ACS this is assumed', async () => {
    const { simulator } = started;
    simulator.clock.freeze();
    simulator.clock.set(new Date('2026-01-15T10:00:00.000Z'));
    const ignored = {
      created: '2000-01-01 00:00:00.000Z',
      createdBy: { PKey: 'x' },
      lastModified: '2000-01-01 00:00:00.000Z',
      modifiedBy: null,
    };
    expect((await patched({ ...ignored, phone: '1' }))[0]).toBe(200);
    expect(amy()).toMatchObject({ phone: '1', created: '2026-01-15 09:00:00.002Z', lastModified: '2026-01-15 10:00:00.000Z' });
    expect((await started.client.post('profileAndServices/profile', { created: '2000-01-01 00:00:00.000Z' })).status).toBe(201);
    simulator.assumptions.acsServerOwnedDates = 'rejected';
    expect((await patched({ created: '2000-01-01 00:00:00.000Z' }))[0]).toBe(dialect === 'acs' ? 500 : 200);
  });

  it('take the names of enumerations, nothing else', async () => {
    expect(await stored('gender', 'male')).toBe('male');
    expect(await stored('preferredLanguage', 'pt_br')).toBe('pt_br');
    expect(await stored('cusLoyaltyLevel', 'gold')).toBe('gold');
    for (const value of ['invalid', '1', 'Male', '__Invalid_value__', '', 2]) {
      expect(await patched({ gender: value })).toEqual([
        500,
        dialect === 'v8'
          ? GENERIC
          : worded(`The value '${value}' is not valid for the 'nms:recipient:gender' enumeration of the '@gender' field`),
      ]);
    }
  });

  it.each([
    ['cusPoints', 'a', 'text', 'a', 'integer (32 bit)'],
    ['cusNewsletterConsent', 'yes', 'text', 'yes', 'boolean'],
    ['blackList', 1, 'number', '1', 'boolean'],
    ['phone', 33, 'number', '33', 'string'],
    ['phone', { number: 33 }, 'object', '{"number":33}', 'string'],
    ['birthDate', '24/10/1980', 'text', '24/10/1980', 'date'],
    ['birthDate', '1980-02-30', 'text', '1980-02-30', 'date'],
    ['birthDate', '1980-10-24T00:00:00Z', 'text', '1980-10-24T00:00:00Z', 'date'],
    ['birthDate', 19801024, 'number', '19801024', 'date'],
    ['cusLastPurchase', '2025-01-01', 'text', '2025-01-01', 'date + time'],
    ['cusLastPurchase', '2025-01-01 10:00:00', 'text', '2025-01-01 10:00:00', 'date + time'],
    ['cusLastPurchase', '2025-13-01 10:00:00Z', 'text', '2025-13-01 10:00:00Z', 'date + time'],
  ])('refuse %s: %j; v8 hides why, which is assumed', async (name, value, from, shown, to) => {
    const before = amy();
    const message = `BAS-010040 Cannot convert '${shown}' (type ${from}) to ${to} type (bAS-010011 Invalid value).`;
    expect(await patched({ [name]: value })).toEqual([500, dialect === 'acs' ? worded(message) : GENERIC]);
    started.simulator.assumptions.v8TypeErrors = 'explained';
    expect((await patched({ [name]: value }))[1]).toContain(`Cannot convert '${shown}'`);
    expect(amy()).toBe(before);
  });

  it('refuse all of a body of which one value is wrong', async () => {
    expect((await patched({ phone: '1', gender: 'wrong' }))[0]).toBe(500);
    expect(amy()?.phone).toBe('');
  });

  it.each(['[1]', '"text"', 'null'])('refuse the body %s', async (body) => {
    expect(await patched(body)).toEqual([500, worded(...(dialect === 'v8' ? [GENERIC] : []))]);
  });

  it.each(['{"phone":', 'phone=1'])('refuse the body %s, ACS by its first word', async (body) => {
    expect(await patched(body)).toEqual([500, dialect === 'v8' ? GENERIC : worded(`'${body}' is not a valid constant`)]);
  });

  it('store dates as they are and datetimes with a space, milliseconds and Z', async () => {
    expect(await stored('birthDate', '1992-02-29')).toBe('1992-02-29');
    expect(await stored('birthDate', '')).toBe('');
    expect(amy()?.age).toBe(0);
    for (const text of ['2025-06-01 10:30:00.500Z', '2025-06-01T10:30:00.500Z', '2025-06-01T12:30:00.5+02:00']) {
      expect(await stored('cusLastPurchase', text)).toBe('2025-06-01 10:30:00.500Z');
    }
  });

  it('keep accents, quotes and line breaks as they were sent', async () => {
    const name = 'Łukasz "Ľ" 日本\n';
    expect(await stored('lastName', name)).toBe(name);
    expect(at((await started.client.get(target())).json, 'lastName')).toBe(name);
  });

  it('check emails by their data policy', async () => {
    expect(await stored('email', 'amy.dakota@mail.com')).toBe('amy.dakota@mail.com');
    for (const email of ['amy', 'amy@', 'a b@c.d']) expect(await patched({ email })).toEqual([500, expect.stringContaining(GENERIC)]);
    expect((await patched({ email: '' }))[0]).toBe(200);
  });

  it('change names by the smartCase policy if one is assumed', async () => {
    expect(await stored('firstName', 'aMY-lou')).toBe('aMY-lou');
    started.simulator.assumptions.smartCaseNames = true;
    expect(await stored('firstName', "aMY-lou o'neill")).toBe("Amy-Lou O'Neill");
    expect(await stored('middleName', 'aMY')).toBe('aMY');
  });

  it.each([
    ['lowerCase', "O'NEILL Été", "o'neill été"],
    ['upperCase', 'straße é', 'STRASSE É'],
    ['smartCase', 'McDONALD-o', 'Mcdonald-O'],
    ['phone', ' +33 (0)6 01-02', '+330601-02'.replace('-', '')],
    ['identifier', 'a b-c', 'a_b_c'],
    ['resIdentifier', 'a b-c.png', 'a_b-c.png'],
    ['email', 'A@b', 'A@b'],
    ['', 'As It Is', 'As It Is'],
  ] as const)('change text by the policy %j that administrators gave the attribute', async (policy, given, kept) => {
    const { client, simulator } = started;
    simulator.settings.dataPolicies = { middleName: policy, firstName: policy };
    expect(await stored('middleName', given)).toBe(kept);
    expect(await stored('firstName', given)).toBe(kept);
    const { json } = await client.get('profileAndServices/resourceType/profile');
    expect(at(json, 'content', 'middleName', 'dataPolicy')).toBe(policy);
  });

  it('keep phone numbers as they are; that, and what their policy does, is assumed', async () => {
    const { assumptions } = started.simulator;
    for (const name of ['phone', 'mobilePhone', 'fax']) expect(await stored(name, '+33 6 01')).toBe('+33 6 01');
    assumptions.phonePolicy = 'digits';
    for (const name of ['phone', 'mobilePhone', 'fax']) expect(await stored(name, '+33 6 01')).toBe('+33601');
    assumptions.phonePolicy = 'refusesLetters';
    expect(await stored('phone', '+33 6 01')).toBe('+33 6 01');
    expect((await patched({ phone: 'call me' }))[0]).toBe(500);
  });

  it('keep the letter case of emails and refuse what is none; both are assumed', async () => {
    const { assumptions } = started.simulator;
    const { client } = started;
    const created = async (email: string): Promise<unknown> => {
      const { status, json } = await client.post('profileAndServices/profile', { email });
      return status === 201 ? at(json, 'email') : status;
    };
    expect(await created('Amy@Mail.com')).toBe('Amy@Mail.com');
    expect(await created('Amy')).toBe(500);
    assumptions.emailCase = 'lowered';
    assumptions.invalidEmail = 'accepted';
    expect(await created('Amy@Mail.com')).toBe('amy@mail.com');
    expect(await created('Amy')).toBe('amy');
  });

  it('compute the postal address in one of two ways; which one is assumed', async () => {
    const { client, simulator } = started;
    const body = {
      salutation: 'Ms',
      firstName: 'Ida',
      lastName: 'Berg',
      location: { address1: 'Storgata 1', zipCode: '0150', city: 'Oslo' },
    };
    const address = async (): Promise<unknown> => at((await client.post('profileAndServices/profile', body)).json, 'postalAddress');
    expect(await address()).toMatchObject({ addrDefined: true, line1: 'Ida BERG', line2: 'Storgata 1', line6: '0150 Oslo' });
    simulator.assumptions.postalAddress = 'allInCapitals';
    expect(await address()).toMatchObject({ addrDefined: false, line1: 'MS IDA BERG', line2: 'STORGATA 1', line6: '0150 OSLO' });
  });

  it('convert nothing; this is assumed', async () => {
    started.simulator.assumptions.coercion = 'lenient';
    expect(await stored('cusPoints', '12.5')).toBe(12.5);
    expect(await stored('cusNewsletterConsent', 'false')).toBe(false);
    expect(await stored('blackList', 'true')).toBe(true);
    expect(await stored('phone', 33)).toBe('33');
    for (const body of [{ cusPoints: 'a' }, { cusPoints: '' }, { blackList: 'yes' }, { phone: {} }])
      expect((await patched(body))[0]).toBe(500);
  });

  it('empty an attribute that is set to null; this is assumed', async () => {
    for (const [name, value] of [
      ['phone', ''],
      ['cusPoints', 0],
      ['cusNewsletterConsent', false],
      ['birthDate', ''],
      ['gender', 'unknown'],
    ] as const) {
      expect(await stored(name, null)).toBe(value);
    }
    started.simulator.assumptions.nullValues = 'rejected';
    for (const name of ['phone', 'cusPoints', 'cusNewsletterConsent', 'birthDate', 'gender'])
      expect((await patched({ [name]: null }))[0]).toBe(500);
  });

  it('cut text longer than the attribute; this is assumed', async () => {
    expect(await stored('firstName', 'x'.repeat(30))).toHaveLength(30);
    expect(await stored('firstName', 'y'.repeat(31))).toBe('y'.repeat(30));
    started.simulator.assumptions.tooLongText = 'whole';
    expect(await stored('firstName', 'z'.repeat(31))).toBe('z'.repeat(31));
    started.simulator.assumptions.tooLongText = 'rejected';
    expect(await patched({ firstName: 'x'.repeat(31) })).toEqual([500, expect.stringContaining(GENERIC)]);
  });

  it('take links by the PKey of their target only', async () => {
    expect((await patched({ country: { PKey: target().split('/')[2] } }))[0]).toBe(dialect === 'v8' ? 404 : 500);
    expect(await patched({ country: { PKey: 'FR' } })).toEqual([
      404,
      worded("Unable to find document with path 'Profile' from key 'FR' (document with schema 'profile' and name 'FR')"),
    ]);
    expect(await patched({ country: { isoA2: 'FR' } })).toEqual(
      dialect === 'acs' ? [200, expect.any(String)] : [500, "'isoA2' property is not valid for the 'profile' resource."],
    );
    expect(await stored('country', null)).toBeNull();
    expect((await patched({ country: 'FR' }))[0]).toBe(500);
    expect((await patched({ location: 'Paris' }))[0]).toBe(500);
  });

  it('take the PKey of the record itself in the body, no other', async () => {
    const key = target().split('/')[2];
    const kristen = started.simulator.profiles.find(({ firstName }) => firstName === 'Kristen');
    expect((await patched({ PKey: key, phone: '7' }))[0]).toBe(200);
    expect(amy()?.phone).toBe('7');
    expect((await patched({ PKey: 'L-000001', phone: '8' }))[0]).toBe(200);
    expect((await patched({ PKey: kristen === undefined ? '' : started.simulator.profiles.keyOf(kristen), phone: '9' }))[0]).toBe(500);
    expect(amy()?.phone).toBe('8');
  });
});
