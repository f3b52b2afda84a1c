import { assignUnit } from '../../../nodes/AdobeCampaign/legacy/assignUnit';
import { createPrivacyRequest } from '../../../nodes/AdobeCampaign/legacy/createPrivacyRequest';
import { getDataFile } from '../../../nodes/AdobeCampaign/legacy/getDataFile';
import { getHistory } from '../../../nodes/AdobeCampaign/legacy/getHistory';
import { onCampaignStandard } from '../../../nodes/shared/campaign/actions/campaignStandard';
import { listUnits, retrieveUnit } from '../../../nodes/shared/campaign/find/organizationalUnits';
import { clientOver, EXTENDED_PROFILES, FakeTransport, json, profile, ROOT, text } from '../support/campaign';
import { refusalOf } from '../support/errors';
import { runOnce } from '../support/operation';

const REQUEST_URL = `${ROOT}/privacy/privacyTool/@r`;
const REQUEST = {
  PKey: '@r',
  name: 'PT1',
  type: 'access',
  status: 'complete',
  privacyRequestData: { href: `${ROOT}/privacy/privacyTool/@r/privacyRequestData/` },
};
const UNITS = json({
  content: [
    { PKey: '@u2', name: 'nordics2' },
    { PKey: '@u1', name: 'nordics' },
  ],
});

describe('the data file of a privacy request', () => {
  it('is asked for where Campaign says, with the name of the request', async () => {
    const { transport, outputs } = runOnce(getDataFile, { requestUrl: REQUEST_URL }, json(REQUEST), json('<recipient/>'));
    expect(await outputs).toEqual([{ name: 'PT1', status: 'complete', data: '<recipient/>' }]);
    expect(transport.requests[1]).toMatchObject({ method: 'POST', url: REQUEST.privacyRequestData.href, body: '{"name":"PT1"}' });
  });

  it.each(['https://elsewhere.example/northwind/campaign/privacy/x', 'https://mc.adobe.io/southwind/campaign/privacy/x'])(
    'is not asked for at %s: the token goes nowhere else',
    async (href) => {
      const foreign = { ...REQUEST, privacyRequestData: { href } };
      const { transport, outputs } = runOnce(getDataFile, { requestUrl: REQUEST_URL }, json(foreign), json('<recipient/>'));
      expect((await refusalOf(outputs)).reason).toBe('invalidInput');
      expect(transport.log).toEqual([`GET ${REQUEST_URL}`]);
    },
  );
});

describe('a privacy request', () => {
  it('is sent with everything that somebody gave, under the names that Campaign takes', async () => {
    const given = {
      type: 'delete',
      regulation: 'lgpd',
      namespaceName: 'ns',
      reconciliationValue: 'amy@mail.com',
      label: 'Amy',
      name: 'PT2',
    };
    const { transport, outputs } = runOnce(createPrivacyRequest, given, json({ PKey: '@r' }));
    await outputs;
    expect(JSON.parse(transport.requests[0]?.body ?? '')).toEqual(given);
  });

  it('asks for access and by the GDPR unless somebody says otherwise', async () => {
    const { transport, outputs } = runOnce(createPrivacyRequest, { namespaceName: 'ns', reconciliationValue: 'x' }, json({ PKey: '@r' }));
    await outputs;
    expect(JSON.parse(transport.requests[0]?.body ?? '')).toEqual({
      type: 'access',
      regulation: 'gdpr',
      namespaceName: 'ns',
      reconciliationValue: 'x',
    });
  });
});

describe('an organizational unit', () => {
  it('is found by its whole name, and by nothing less', async () => {
    expect(await retrieveUnit(clientOver(new FakeTransport(UNITS)), { by: 'name', name: 'nordics' })).toMatchObject({ PKey: '@u1' });
    const none = retrieveUnit(clientOver(new FakeTransport(UNITS)), { by: 'name', name: 'nord' });
    expect((await refusalOf(none)).reason).toBe('notFound');
  });

  it('is listed with all the others', async () => {
    const names: unknown[] = [];
    for await (const { name } of listUnits(clientOver(new FakeTransport(UNITS)))) names.push(name);
    expect(names).toEqual(['nordics2', 'nordics']);
  });

  it('is not assigned to nobody without a word', async () => {
    const parameters = {
      profile: { __rl: true, mode: 'email', value: 'nobody@mail.com' },
      unit: { __rl: true, mode: 'name', value: 'nordics' },
    };
    const { transport, outputs } = runOnce(assignUnit, parameters, UNITS, json({ content: [] }));
    expect(await refusalOf(outputs)).toMatchObject({ reason: 'notFound', message: "There is no profile with email 'nobody@mail.com'" });
    expect(transport.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});

describe('what Campaign Standard alone has', () => {
  const ask = async (answer: ReturnType<typeof text>) =>
    await refusalOf(
      onCampaignStandard(
        'organizational units',
        async () => await clientOver(new FakeTransport(answer)).retrieve(`${ROOT}/x/y/@z`, 'unit'),
      ),
    );

  it('is said to be missing where Campaign knows no such address', async () => {
    expect((await ask(text('RST-360000 Unsupported endpoint', 404))).message).toContain('for Campaign Standard only');
  });

  it('is not said to be missing because one record is', async () => {
    expect(await ask(text('Unable to find document with path', 404))).toMatchObject({ reason: 'notFound', message: 'There is no unit' });
  });
});

describe('the marketing history', () => {
  const events = (...labels: string[]) =>
    json({ content: labels.map((label) => ({ label })), next: { href: `${ROOT}/profileAndServices/history/@h/events/?_lineStart=2` } });

  it('asks for no page more than the limit needs', async () => {
    const parameters = {
      profile: { __rl: true, mode: 'url', value: `${EXTENDED_PROFILES}/@a` },
      returns: 'events',
      returnAll: false,
      limit: 2,
    };
    const history = json({ PKey: '@h', events: { href: `${ROOT}/profileAndServices/history/@h/events` } });
    const { transport, outputs } = runOnce(getHistory, parameters, json(profile('@a')), history, events('a', 'b'));
    expect(await outputs).toEqual([{ label: 'a' }, { label: 'b' }]);
    expect(transport.requests).toHaveLength(3);
  });
});
