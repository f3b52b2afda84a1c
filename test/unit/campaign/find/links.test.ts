import { resolveLinks } from '../../../../nodes/shared/campaign/find/links';
import { clientOver, FakeTransport, json, profile } from '../../support/campaign';
import { refusalOf } from '../../support/errors';

const ORDERS = { api: 'profileAndServicesExt', name: 'cusOrder' } as const;
const link = { field: 'profile', by: 'email', value: 'amy@mail.com' } as const;

describe('B11: links of many items to one record', () => {
  it('are looked up once, by email', async () => {
    const transport = new FakeTransport(json({ content: [profile('@a', { email: 'amy@mail.com', notes: 'x'.repeat(60_000) })] }));
    const client = clientOver(transport);
    const items = Array.from({ length: 50 }, async () => await resolveLinks(client, ORDERS, undefined, [link]));
    for (const fields of await Promise.all(items)) expect(fields).toEqual({ profile: { PKey: '@a' } });
    expect(transport.log).toHaveLength(1);
  });

  it('are looked up once, be it that several have the email', async () => {
    const two = json({ content: [profile('@a', { email: 'amy@mail.com' }), profile('@b', { email: 'amy@mail.com' })] });
    const transport = new FakeTransport(two);
    const client = clientOver(transport);
    for (let item = 0; item < 3; item += 1) {
      expect((await refusalOf(resolveLinks(client, ORDERS, undefined, [link]))).reason).toBe('severalMatches');
    }
    expect(transport.log).toHaveLength(1);
  });
});
