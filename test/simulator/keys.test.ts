import { at, textAt } from './testing/client';
import { startSimulator } from '.';
import { useSimulator } from './testing/useSimulator';

const BY_EMAIL = 'profileAndServices/profile/byEmail?email=amy.dakota@mail.com';

describe('keys', () => {
  const started = useSimulator();
  const lookUp = async () => {
    const { json } = await started.client.get(BY_EMAIL);
    return {
      key: textAt(json, 'content', 0, 'PKey'),
      href: textAt(json, 'content', 0, 'href'),
      subscriptions: textAt(json, 'content', 0, 'subscriptions', 'href'),
    };
  };

  it('are @ and 91 characters of base64url; filters have 112 and metadata leaves the @ out', async () => {
    const { client } = started;
    expect((await lookUp()).key).toMatch(/^@[\w-]{91}$/);
    const metadata = (await client.get('profileAndServices/resourceType/profile')).json;
    expect(textAt(metadata, 'PKey')).toMatch(/^[\w-]{91}$/);
    const filters = (await client.get(textAt(metadata, 'filters', 'href'))).json;
    expect(textAt(filters, 'byText', 'PKey')).toMatch(/^@[\w-]{112}$/);
  });

  it('of one record share their first 42 characters, and differ by where they stand', async () => {
    const { key, href, subscriptions } = await lookUp();
    const nested = /profile\/(@[\w-]+)\/subscriptions\/$/.exec(subscriptions)?.[1] ?? '';
    const answered = textAt((await started.client.patch(href, { phone: '1' })).json, 'PKey');
    expect(new Set([key, nested, answered]).size).toBe(3);
    expect(new Set([key, nested, answered].map((text) => text.slice(0, 43))).size).toBe(1);
    expect(href.endsWith(`/${key}`)).toBe(true);
  });

  it('work in any place that takes a key, whatever place they came from', async () => {
    const { client, simulator } = started;
    const { key, subscriptions } = await lookUp();
    const nested = /(@[\w-]+)\/subscriptions/.exec(subscriptions)?.[1] ?? '';
    expect((await client.get(`profileAndServices/profile/${nested}`)).status).toBe(200);
    expect((await client.get(`profileAndServicesExt/profile/${encodeURIComponent(key)}/subscriptions/`)).status).toBe(200);
    expect(simulator.profiles.byKey(nested)?.email).toBe('amy.dakota@mail.com');
  });

  it('stay the same from answer to answer, unless every answer shall have fresh ones', async () => {
    const { client, simulator } = started;
    const { key } = await lookUp();
    expect((await lookUp()).key).toBe(key);
    simulator.settings.freshKeys = true;
    const fresh = await lookUp();
    expect(fresh.key).not.toBe(key);
    expect(fresh.key).not.toBe((await lookUp()).key);
    for (const text of [key, fresh.key]) expect(at((await client.get(`profileAndServices/profile/${text}`)).json, 'firstName')).toBe('Amy');
  });

  it('of another instance, of another resource or changed in one character are worth nothing', async () => {
    const { client, simulator } = started;
    const other = await startSimulator({ profiles: 1 });
    const [stranger] = other.profiles.all();
    const foreign = stranger === undefined ? '' : other.profiles.keyOf(stranger);
    await other.close();
    const { key } = await lookUp();
    const metadata = (await client.get('profileAndServices/resourceType/profile')).json;
    simulator.settings.freshKeys = true;
    const wrong = [
      foreign,
      `@${textAt(metadata, 'PKey')}`,
      ...[1, 30, 60, 91].map((index) => key.slice(0, index) + (key[index] === 'A' ? 'B' : 'A') + key.slice(index + 1)),
      key.slice(0, -1),
      `${key}A`,
      '@',
    ];
    for (const text of wrong) {
      const reply = await client.get(`profileAndServices/profile/${text}`);
      expect(reply.status).toBe(404);
      expect(reply.text).toContain(`Unable to decrypt PKey. (PKey=${text})`);
    }
  });

  it('read differently in the answer to a PATCH; this is assumed', async () => {
    const { client, simulator } = started;
    const { key, href } = await lookUp();
    simulator.assumptions.patchAnswerKey = 'same';
    expect((await client.patch(href, { phone: '1' })).json).toEqual({ PKey: key, href });
  });

  it('of a deleted record still decrypt; this is assumed', async () => {
    const { client, simulator } = started;
    const { href } = await lookUp();
    expect((await client.delete(href)).status).toBe(200);
    expect((await client.get(href)).text).toMatch(/^Unable to find document with path 'Profile' from key '1' /);
    simulator.assumptions.deletedRecordKey = 'undecryptable';
    expect((await client.get(href)).text).toMatch(/^Unable to decrypt PKey/);
  });
});
