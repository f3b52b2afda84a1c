import { at, textAt } from './testing/client';
import { useSimulator } from './testing/useSimulator';

const PRIVACY = 'privacy/privacyTool';
const AMY = 'amy.dakota@mail.com';

describe('privacy requests on Campaign Standard', () => {
  const started = useSimulator({ dialect: 'acs' });
  const request = { namespaceName: 'defaultNamespace1', reconciliationValue: AMY, regulation: 'gdpr', label: 'Show Amy', type: 'access' };

  it('are created and listed; when they are done is assumed', async () => {
    const { client, simulator } = started;
    simulator.clock.freeze();
    const { status, json } = await client.post(PRIVACY, { ...request, name: 'PT900' });
    const campaign = `${simulator.url}/northwind/campaign`;
    const key = textAt(json, 'PKey');
    expect([status, json]).toEqual([
      201,
      {
        PKey: expect.stringMatching(/^@/),
        audit: '',
        created: expect.any(String),
        desc: '',
        gdprRequestData: { href: `${campaign}/head/privacyTool/${key}/gdprRequestData/` },
        href: `${campaign}/${PRIVACY}/${key}`,
        label: 'Show Amy',
        lastModified: expect.any(String),
        name: 'PT900',
        namespace: { PKey: expect.stringMatching(/^@/), title: 'Email (defaultNamespace1)' },
        namespaceName: 'defaultNamespace1',
        reconciliationValue: AMY,
        regulation: 'gdpr',
        retryCount: 0,
        status: 'new',
        title: 'Show Amy (PT900)',
        type: 'access',
      },
    ]);
    await client.post(PRIVACY, { ...request, reconciliationValue: 'nobody@mail.com' });
    const statuses = async (): Promise<unknown[]> => {
      const { json: list } = await client.get(PRIVACY);
      return [0, 1].map((index) => at(list, 'content', index, 'status'));
    };
    expect(await statuses()).toEqual(['new', 'new']);
    simulator.clock.advance(simulator.assumptions.privacySeconds * 1000);
    expect(await statuses()).toEqual(['complete', 'errorDataNotFound']);
    expect(simulator.stats.writesApplied).toBe(2);
  });

  it('give out their data file once they are complete', async () => {
    const { client, simulator } = started;
    simulator.assumptions.privacySeconds = 0;
    const { json } = await client.post(PRIVACY, request);
    const href = textAt(json, 'privacyRequestData', 'href');
    const file = await client.post(href, { name: textAt(json, 'name') });
    expect([file.status, file.json]).toEqual([200, expect.stringContaining(`<recipient email="${AMY}" firstName="Amy"`)]);
    expect((await client.post(href, { name: 'PT999' })).status).toBe(500);
    expect((await client.get(href)).status).toBe(500);
    simulator.assumptions.privacySeconds = 60;
    expect((await client.post(href, { name: textAt(json, 'name') })).status).toBe(500);
    simulator.assumptions.privacySeconds = 0;
    const erased = (await client.post(PRIVACY, { ...request, type: 'delete' })).json;
    expect(at(erased, 'status')).toBe('complete');
    expect(erased).not.toHaveProperty('privacyRequestData');
  });

  it('need their attributes; what the namespace is called is assumed', async () => {
    const { client, simulator } = started;
    const { namespaceName, ...others } = request;
    for (const missing of ['regulation', 'type', 'reconciliationValue', 'namespaceName']) {
      expect((await client.post(PRIVACY, { ...request, [missing]: undefined })).status).toBe(500);
    }
    expect((await client.post(PRIVACY, { ...request, regulation: 'none' })).status).toBe(500);
    expect((await client.post(PRIVACY, { ...request, namespaceName: 'shoeSize' })).status).toBe(500);
    expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(500);
    simulator.assumptions.privacyNamespaceAttribute = 'namespace';
    expect((await client.post(PRIVACY, request)).status).toBe(500);
    expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(201);
    simulator.assumptions.privacyNamespaceAttribute = 'either';
    expect((await client.post(PRIVACY, request)).status).toBe(201);
    expect((await client.post(PRIVACY, { ...others, namespace: namespaceName })).status).toBe(201);
  });

  it('cannot be changed or deleted', async () => {
    const { client } = started;
    const href = textAt((await client.post(PRIVACY, request)).json, 'href');
    expect((await client.get(href)).status).toBe(200);
    expect((await client.patch(href, { label: 'x' })).status).toBe(500);
    expect((await client.delete(href)).status).toBe(500);
  });
});
