import { Secrets } from '../../../nodes/shared/campaign/secrets';
import { CampaignClient } from '../../../nodes/shared/campaign/client';
import { rejectionOf } from '../support/errors';
import { FakeTransport, INSTANCE, PROFILES, json, requesterOver } from '../support/campaign';

const KEY = 'k3y/with+signs=&"4711';
const TOKEN = 'opaque-token-of-nobody-in-particular-0815';
const CREDENTIAL = { authentication: 'accessToken', apiKey: KEY, bearerToken: `Bearer ${TOKEN}\n` };

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('B21: values of the credential are masked', () => {
  it.each([
    ['plain', `Api Key ${KEY} is unknown`],
    ['after a sign', `x-api-key=${KEY}`],
    ['in an address', `https://proxy/?key=${encodeURIComponent(KEY)}`],
    ['in an address, in small letters', `key=${encodeURIComponent(KEY).toLowerCase()}`],
    ['in a form', new URLSearchParams({ key: KEY }).toString()],
    ['in JSON', JSON.stringify({ key: KEY })],
    ['in HTML', KEY.replace(/&/g, '&amp;').replace(/"/g, '&quot;')],
    ['in hexadecimal', Buffer.from(KEY).toString('hex')],
    ['in Base64', base64(KEY)],
    ['in Base64 behind one character', base64(`:${KEY}`)],
    ['in Base64 behind two characters', base64(`a:${KEY}:b`)],
    ['in Base64 for addresses', Buffer.from(`ab${KEY}`).toString('base64url')],
  ])('%s', (_, text) => {
    const masked = new Secrets(CREDENTIAL).mask(text);
    expect(masked).toContain('…');
    for (const part of [KEY, encodeURIComponent(KEY), '4711', base64(KEY).slice(3, -3), Buffer.from(KEY).toString('hex')]) {
      expect(masked.toLowerCase()).not.toContain(part.toLowerCase());
    }
  });

  const escapeAll = (escape: (code: number) => string) => (value: string) =>
    Array.from(value, (character) => escape(character.charCodeAt(0))).join('');

  it.each<[string, (value: string) => string]>([
    ['JSON with escaped slashes', (value) => JSON.stringify(value).slice(1, -1).replace(/\//g, '\\/')],
    ['JSON in numbers', escapeAll((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
    ['JSON within JSON', (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['an address within an address', (value) => encodeURIComponent(encodeURIComponent(value))],
    ['HTML in numbers', escapeAll((code) => `&#${code};`)],
    ['HTML in numbers without an end', escapeAll((code) => `&#${code}`)],
    ['HTML in hexadecimal numbers', escapeAll((code) => `&#x${code.toString(16)};`)],
    ['HTML that was escaped twice', (value) => value.replace(/&/g, '&amp;amp;').replace(/"/g, '&quot;')],
    ['capitals', (value) => value.toUpperCase()],
  ])('B21: however it is escaped: %s', (_, escape) => {
    const long = `${'token./+='.repeat(40)}end-of-the-token`;
    const subject = new Secrets({ apiKey: KEY, bearerToken: long });
    for (const value of [KEY, long]) expect(subject.mask(`before ${escape(value)} after`)).toBe('before … after');
  });

  it.each(['\\', '&', '%', '%25', '&amp;', '&#0', '0'])('takes no time for an answer of nothing but %s', (sign) => {
    const text = sign.repeat(200_000);
    expect(new Secrets({ apiKey: `${sign}${KEY}`, bearerToken: TOKEN }).mask(text)).toBe(text);
  });

  it.each([`Bearer ${TOKEN}`, `Authorization: Bearer ${TOKEN}`, `"${TOKEN}"`, `"Bearer ${TOKEN}"`])(
    'a token as it is sent, whatever was copied along: %s',
    (bearerToken) => {
      expect(new Secrets({ ...CREDENTIAL, bearerToken }).mask(`got ${TOKEN}.`)).not.toContain('opaque');
    },
  );

  it('an opaque token, be its end cut off', () => {
    const secrets = new Secrets(CREDENTIAL);
    expect(secrets.mask(`got ${TOKEN}.`)).not.toContain('opaque');
    expect(secrets.mask(`got ${TOKEN.slice(0, 20)}`)).toBe('got …');
  });

  it('a short value only where it stands alone, and the shortest never', () => {
    expect(new Secrets({ apiKey: 'test' }).mask('test of the latest test')).toBe('… of the latest …');
    expect(new Secrets({ apiKey: 'a' }).mask('a cat')).toBe('a cat');
  });

  it('in everything an error says of a refusal', async () => {
    const refusal = json({ message: `no right for ${KEY} with ${TOKEN}` }, 400, { 'x-request-id': `id-${TOKEN}` });
    const client = new CampaignClient(INSTANCE, requesterOver(new FakeTransport(refusal)), new Secrets(CREDENTIAL));
    const error = await rejectionOf(client.retrieve(`${PROFILES}/@a`, 'profile'));
    expect(JSON.stringify(error)).not.toMatch(/4711|opaque/);
    expect(error).toMatchObject({ details: { message: expect.stringContaining('no right for … with …'), requestId: 'id-…' } });
  });

  it('a token that n8n has renewed meanwhile', async () => {
    const secrets = new Secrets(CREDENTIAL, async () => ({ accessToken: 'renewed-token' }));
    const client = new CampaignClient(INSTANCE, requesterOver(new FakeTransport(json({ message: 'renewed-token' }, 400))), secrets);
    expect(await rejectionOf(client.retrieve(`${PROFILES}/@a`, 'profile'))).toMatchObject({
      message: expect.not.stringContaining('renewed'),
    });
  });
});
