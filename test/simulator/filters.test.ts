import { at } from './testing/client';
import { DIALECTS, useSimulator } from './testing/useSimulator';

const PROFILES = 'profileAndServices/profile';
const EXT = 'profileAndServicesExt/profile';

describe('filters', () => {
  const started = useSimulator();

  /** First names of the profiles found. */
  const found = async (target: string): Promise<unknown> => {
    const { json } = await started.client.get(target);
    const rows = at(json, 'content');
    return Array.isArray(rows) ? rows.map((row) => at(row, 'firstName')) : rows;
  };

  it('byEmail and byKeysProfile find every profile with exactly the email', async () => {
    for (const filter of ['byEmail', 'byKeysProfile']) {
      expect(await found(`${PROFILES}/${filter}?email=amy.dakota@mail.com`)).toEqual(['Amy']);
      expect(await found(`${PROFILES}/${filter}?email=family.boston@mail.com`)).toEqual(['Gloria', 'Edward']);
      expect(await found(`${PROFILES}/${filter}?email=amy`)).toEqual([]);
    }
  });

  it('byEmail reads a plus sign that is not encoded as a space', async () => {
    expect(await found(`${PROFILES}/byEmail?email=kristen.smith+news@mail.com`)).toEqual([]);
    expect(await found(`${PROFILES}/byEmail?email=${encodeURIComponent('kristen.smith+news@mail.com')}`)).toEqual(['Kristen']);
  });

  it('byEmail minds case; this is assumed', async () => {
    expect(await found(`${PROFILES}/byEmail?email=Amy.Dakota@mail.com`)).toEqual([]);
    started.simulator.assumptions.byEmailMatch = 'caseInsensitive';
    expect(await found(`${PROFILES}/byEmail?email=Amy.Dakota@mail.com`)).toEqual(['Amy']);
  });

  it('byEmail follows emails that change', async () => {
    const { simulator } = started;
    const [amy] = simulator.profiles.byEmail('amy.dakota@mail.com');
    simulator.profiles.update(amy?.id ?? 0, { email: 'new@mail.com' });
    expect(await found(`${PROFILES}/byEmail?email=amy.dakota@mail.com`)).toEqual([]);
    expect(await found(`${PROFILES}/byEmail?email=new@mail.com`)).toEqual(['Amy']);
  });

  it("byText compares prefixes of email, first and last name, minding case; one of Adobe's pages says containing", async () => {
    expect(await found(`${PROFILES}/byText?text=Bos`)).toEqual(['Gloria', 'Edward']);
    expect(await found(`${PROFILES}/byText?text=omalley`)).toEqual(['Xander']);
    expect(await found(`${PROFILES}/byText?text=bos`)).toEqual([]);
    expect(await found(`${PROFILES}/byText?text=oston`)).toEqual([]);
    expect(await found(`${PROFILES}/byText?text=Z%C3%B6`)).toEqual([]);
    expect(await found(`${PROFILES}/byText?text=Zo%C3%AB`)).toEqual(['Zoë']);
    started.simulator.assumptions.byTextRule = 'contains';
    expect(await found(`${PROFILES}/byText?text=oston`)).toEqual(['Gloria', 'Edward']);
  });

  it('byText looks at one attribute if filterType names it', async () => {
    expect(await found(`${PROFILES}/byText?text=D&filterType=firstName`)).toEqual(['Dorian']);
    expect(await found(`${PROFILES}/byText?text=D&filterType=lastName`)).toEqual(['Amy']);
    expect(await found(`${PROFILES}/byText?text=family&filterType=email`)).toEqual(['Gloria', 'Edward']);
    expect((await started.client.get(`${PROFILES}/byText?text=1&filterType=phone`)).status).toBe(500);
  });

  it('byText searches custom fields in the Ext API, by a parameter of their name', async () => {
    expect(await found(`${EXT}/byText?cusLoyaltyLevel=gold&filterType=LoyaltyLevel`)).toEqual(['Zoë']);
    expect(await found(`${EXT}/byText?cusLoyaltyId=L-00000&filterType=LoyaltyId`)).toHaveLength(5);
    expect((await started.client.get(`${PROFILES}/byText?cusLoyaltyLevel=gold&filterType=LoyaltyLevel`)).status).toBe(500);
  });

  it('byText takes the filterType of a custom field without its prefix only; this is assumed', async () => {
    const target = `${EXT}/byText?cusLoyaltyLevel=gold&filterType=cusLoyaltyLevel`;
    expect((await started.client.get(target)).status).toBe(500);
    started.simulator.assumptions.customFilterTypeName = 'either';
    expect(await found(target)).toEqual(['Zoë']);
  });

  it('combine to AND', async () => {
    expect(await found(`${PROFILES}/byEmail/byText?email=family.boston@mail.com&text=Edward`)).toEqual(['Edward']);
    expect(await found(`${PROFILES}/byText/byEmail?email=family.boston@mail.com&text=Edward`)).toEqual(['Edward']);
    expect(await found(`${PROFILES}/byEmail/byText?email=amy.dakota@mail.com&text=Edward`)).toEqual([]);
  });

  it.each(['byEmail', 'byEmail?email=', 'byText', 'byText?text='])('%s matches everything; this is assumed', async (filter) => {
    const { client, simulator } = started;
    expect(await found(`${PROFILES}/${filter}`)).toHaveLength(simulator.profiles.size);
    simulator.assumptions.emptyFilterParameter = 'matchesNothing';
    expect(await found(`${PROFILES}/${filter}`)).toEqual([]);
    simulator.assumptions.emptyFilterParameter = 'error';
    expect((await client.get(`${PROFILES}/${filter}`)).status).toBe(500);
  });
});

describe.each(DIALECTS)('custom filters on %s', (dialect) => {
  const started = useSimulator({ dialect });
  const name = dialect === 'v8' ? 'pointsFrom' : 'byPointsFrom';
  const otherName = dialect === 'v8' ? 'byPointsFrom' : 'pointsFrom';

  it('work in the Ext API, under the name that the dialect gives them', async () => {
    const { client } = started;
    const { json } = await client.get(`${EXT}/${name}?pointsFrom_parameter=1200`);
    expect(at(json, 'content', 'length')).toBe(2);
    expect((await client.get(`${EXT}/${name}?pointsFrom_parameter=x`)).status).toBe(500);
    expect(at((await client.get(`${EXT}/${name}`)).json, 'count', 'value')).toBe(started.simulator.profiles.size);
  });

  it('are read as a key in the other API, and under another name', async () => {
    const { client } = started;
    const base = await client.get(`${PROFILES}/${name}?pointsFrom_parameter=1`);
    const ext = await client.get(`${EXT}/${otherName}?pointsFrom_parameter=1`);
    expect(ext.status).toBe(404);
    expect(ext.text).toContain(`Unable to find document with path 'Profile' from key '${otherName}`);
    expect([base.status, base.text]).toEqual(
      dialect === 'v8'
        ? [404, `Unsupported endpoint. (endpoint=rest/profileAndServices/profile/${name})`]
        : [
            500,
            `RST-360011 An error has occurred - please contact your administrator.\nBAS-010040 Cannot convert '${name}' (text type) to 32-bit integer type (bAS-010011 Invalid data).`,
          ],
    );
  });

  it('called outside Ext get a status that is assumed', async () => {
    const { client, simulator } = started;
    simulator.assumptions.v8UnknownFilter = 'generic';
    simulator.assumptions.acsUnknownFilterStatus = 400;
    expect((await client.get(`${PROFILES}/byNothing?x=1`)).status).toBe(dialect === 'v8' ? 500 : 400);
  });
});
