import { ListedRecords } from '../../../../nodes/shared/campaign/lookUp/listedRecords';
import type { CampaignRecord } from '../../../../nodes/shared/campaign/records';

const whole = (record: CampaignRecord): CampaignRecord => record;
const kim = { email: 'kim@mail.com' };

describe('a record that a list shows', () => {
  it('is given once: whoever comes next looks anew', () => {
    const listed = new ListedRecords(['kim']);
    listed.see('kim', kim, whole);
    expect([listed.take('kim'), listed.take('kim')]).toEqual([kim, undefined]);
  });

  it('is not given where it came by twice, nor where somebody else is about to write to it', () => {
    const listed = new ListedRecords(['twice', 'written', 'writtenBefore']);
    listed.see('twice', kim, whole);
    listed.see('twice', kim, whole);
    listed.see('written', kim, whole);
    listed.distrust('written');
    listed.distrust('writtenBefore');
    listed.see('writtenBefore', kim, whole);
    expect(['twice', 'written', 'writtenBefore'].map((key) => listed.take(key))).toEqual([undefined, undefined, undefined]);
  });

  it('is kept as far as it is needed, and not at all where nobody asks for it', () => {
    const listed = new ListedRecords(['kim']);
    listed.see('kim', { ...kim, phone: '1' }, ({ phone }) => ({ phone }));
    listed.see('lee', { email: 'lee@mail.com' }, whole);
    expect([listed.size, listed.take('kim'), listed.take('lee')]).toEqual([1, { phone: '1' }, undefined]);
  });

  it('is awaited until it comes by, cannot be trusted, or the list has come to its end', async () => {
    const listed = new ListedRecords(['seen', 'written', 'missing', 'taken']);
    const order: string[] = [];
    const waiting = ['seen', 'written', 'missing', 'taken'].map(async (key) => {
      await listed.settled(key);
      order.push(key);
    });
    for (const [key, event] of [
      ['written', () => listed.distrust('written')],
      ['seen', () => listed.see('seen', kim, whole)],
      ['taken', () => void listed.take('taken')],
    ] as const) {
      event();
      await listed.settled(key);
      await Promise.resolve();
    }
    expect(order).toEqual(['written', 'seen', 'taken']);
    expect(listed.awaitsMore).toBe(true);
    listed.end();
    await Promise.all(waiting);
    expect([order.at(-1), listed.settled('missing')]).toEqual(['missing', undefined]);
  });

  it('is awaited again where the list is read once more, but for what has to be looked up alone', () => {
    const listed = new ListedRecords(['seen', 'twice', 'taken']);
    for (const key of ['seen', 'twice', 'twice', 'taken']) listed.see(key, kim, whole);
    listed.take('taken');
    expect(listed.awaitsMore).toBe(false);

    listed.restart();
    expect(listed.awaitsMore).toBe(true);
    listed.see('seen', { ...kim, phone: 'later' }, whole);
    expect(listed.awaitsMore).toBe(false);
    for (const key of ['twice', 'taken']) listed.see(key, kim, whole);
    expect(['seen', 'twice', 'taken'].map((key) => listed.take(key)?.phone)).toEqual(['later', undefined, undefined]);
  });
});
