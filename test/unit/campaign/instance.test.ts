import { parseInstance, parseServiceUrl } from '../../../nodes/shared/campaign/instance';
import { refusalBy } from '../support/errors';

const DEFAULT = 'https://mc.adobe.io';
const baseUrl = (value: unknown) => parseServiceUrl(value, 'API Base URL', DEFAULT);

describe('parseServiceUrl', () => {
  it.each([
    ['https://mc.adobe.io', 'https://mc.adobe.io'],
    ['https://mc.adobe.io/', 'https://mc.adobe.io'],
    ['  https://mc-stage.adobe.io//  ', 'https://mc-stage.adobe.io'],
    ['https://gate.example:8443/adobe/v1/', 'https://gate.example:8443/adobe/v1'],
    ['HTTPS://MC.Adobe.IO', 'https://mc.adobe.io'],
    ['http://localhost:4010', 'http://localhost:4010'],
    ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('reads %s', (value, expected) => {
    expect(baseUrl(value)).toBe(expected);
  });

  it.each([undefined, null, '', '  '])('takes the default for %j', (value) => {
    expect(baseUrl(value)).toBe(DEFAULT);
  });

  it.each([
    'mc.adobe.io',
    'localhost:4010',
    '/campaign',
    'ftp://mc.adobe.io',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'data:,x',
  ])('refuses %s', (value) => {
    expect(refusalBy(() => baseUrl(value))).toMatchObject({
      reason: 'invalidInput',
      message: "'API Base URL' in the credential is not a URL",
      description: expect.stringContaining(DEFAULT),
    });
  });

  it.each([
    'http://mc.adobe.io',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.5',
    'http://0.0.0.0',
    'http://[::ffff:10.0.0.5]',
    'http://evil.example#localhost',
    'http://localhost@evil.example',
  ])('sends no token in the clear to %s', (value) => {
    expect(refusalBy(() => baseUrl(value)).reason).toBe('invalidInput');
  });

  it('says why plain http is refused', () => {
    expect(refusalBy(() => baseUrl('http://mc.adobe.io'))).toMatchObject({
      message: "'API Base URL' in the credential starts with http://",
      description: expect.stringContaining('https://'),
    });
  });

  it.each(['https://amy:secret@mc.adobe.io', 'https://amy@mc.adobe.io', 'https://mc.adobe.io/?a=1', 'https://mc.adobe.io/#a'])(
    'refuses what is more than an address, without repeating it: %s',
    (value) => {
      const { message, description } = refusalBy(() => baseUrl(value));

      expect(message).toBe("'API Base URL' in the credential has more than an address in it");
      expect(`${message} ${description}`).not.toContain('secret');
    },
  );
});

describe('parseInstance', () => {
  it.each([
    ['https://mc.adobe.io/northwind/campaign/profileAndServices/profile', 'northwind'],
    ['mc.adobe.io/northwind-mkt-stage1/campaign', 'northwind-mkt-stage1'],
    ['northwind/campaign', 'northwind'],
    ['"northwind"', 'northwind'],
    ['<northwind>', 'northwind'],
  ])('says what to enter in place of %s', (organization, inside) => {
    expect(refusalBy(() => parseInstance({ organization })).description).toBe(`Enter '${inside}' alone.`);
  });

  it.each(['https://mc.adobe.io/northwind/campaign', 'https://mc.adobe.io/Northwind/campaign/profileAndServices/'])(
    'refuses an address of Campaign for the one of the gateway: %s',
    (url) => {
      const { message, description } = refusalBy(() => parseInstance({ organization: 'northwind', baseUrl: url }));
      expect(message).toBe("'API Base URL' in the credential has the address of Campaign in it");
      expect(description).toContain('e.g. https://mc.adobe.io.');
    },
  );

  it('takes the path of a gateway of one\u2019s own', () => {
    expect(parseInstance({ organization: 'northwind', baseUrl: 'https://gate.example/northwind' }).baseUrl).toBe(
      'https://gate.example/northwind',
    );
  });

  it.each(['northwind', 'northwind-mkt-stage1', 'x-230217.campaign-demo.adobe.com', 'a', 'A_1', '7'])(
    'reads the organization %s',
    (organization) => {
      expect(parseInstance({ organization: ` ${organization} ` })).toEqual({ baseUrl: DEFAULT, organization });
    },
  );

  it.each([
    undefined,
    '',
    ' ',
    '.',
    '..',
    'north/wind',
    'northwind/campaign',
    '../contoso',
    'northwind\\',
    'north wind',
    'north%2fwind',
    'north?wind',
    'north#wind',
    'northwind@evil.example',
    '-northwind',
    'northwind-',
    'nörthwind',
    'north\nwind',
    42,
    ['northwind'],
  ])('refuses the organization %j', (organization) => {
    expect(refusalBy(() => parseInstance({ organization }))).toMatchObject({
      reason: 'invalidInput',
      message: "'Organization' in the credential is not an organization name",
    });
  });
});

describe('what is easily got wrong', () => {
  // Everything behind the sign would become a query: all requests would go to the root of the host.
  it.each(['https://mc.adobe.io/?', 'https://mc.adobe.io?', 'https://mc.adobe.io/#', 'https://mc.adobe.io/base?#'])(
    'refuses %s, although nothing follows the sign',
    (value) => {
      expect(refusalBy(() => baseUrl(value)).reason).toBe('invalidInput');
    },
  );
});
