import { isListedAs, proveKeyField } from '../../../../nodes/shared/campaign/lookUp/keyField';
import { recordByKey } from '../../../../nodes/shared/campaign/find/references';
import type { CampaignRecord } from '../../../../nodes/shared/campaign/records';
import { clientOver, INSTANCE, json, text } from '../../support/campaign';

const RESOURCE = { api: 'customResources', name: 'cusOrder' } as const;
const referTo = (key: string) => recordByKey(INSTANCE, { ...RESOURCE, keyName: 'key' }, key, 'Key');

/** @param found the record that Campaign has for a key */
async function provenIn(listed: readonly CampaignRecord[], found: (key: string) => CampaignRecord | undefined, column?: string) {
  const client = clientOver({
    send: async ({ url }) => {
      const record = found(url.split('/').at(-1) ?? '');
      return record ? json(record) : text("Unable to find document with path 'Order' from key 'x'", 404);
    },
  });
  const wanted = listed.map((record) => referTo(String(record.code)));
  return await proveKeyField(client, RESOURCE, listed, { column, wanted });
}

const ORDERS = [1, 2, 3].map((number) => ({ PKey: `@${number}`, code: `K${number}`, label: `L${number}` }));
const byCode = (orders: readonly CampaignRecord[]) => (key: string) => orders.find(({ code }) => code === key);

describe('the field that has the keys of a list', () => {
  it('is the one that records are found by, whether or not somebody says so', async () => {
    expect(await provenIn(ORDERS, byCode(ORDERS))).toBe('code');
    expect(await provenIn(ORDERS, byCode(ORDERS), 'code')).toBe('code');
  });

  it('is not one that nobody is found by, or that leads to somebody else', async () => {
    expect(await provenIn(ORDERS, byCode(ORDERS), 'label')).toBeUndefined();
    expect(await provenIn(ORDERS, () => ORDERS[0], 'code')).toBeUndefined();
    expect(await provenIn([], byCode(ORDERS), 'code')).toBeUndefined();
  });

  it('is not told where two fields hold the same', async () => {
    const twofold = ORDERS.map((order) => ({ ...order, label: order.code }));
    expect(await provenIn(twofold, byCode(twofold))).toBeUndefined();
  });

  it('leads to the record only where it agrees letter by letter', () => {
    const field = { by: 'key', name: 'code' } as const;
    expect(['K1', 'k1'].map((key) => isListedAs(referTo(key), field, { code: 'K1' }))).toEqual([true, false]);
  });
});
