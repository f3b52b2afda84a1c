import { Outage, WITNESSES } from '../../../../nodes/shared/transport/pace/outage';

/** An outage that is suspected since 20: two requests in a row missed Campaign. */
function suspected(): Outage {
  const outage = new Outage();
  outage.missed(0, 10, 'ECONNREFUSED');
  outage.missed(0, 20, 'ECONNREFUSED');
  return outage;
}

const witness = (outage: Outage, ...starts: number[]) => {
  for (const start of starts) outage.missed(start, start + 1, 'ECONNREFUSED');
};

describe('the suspicion that Campaign is away', () => {
  it('takes three more that miss it to be certain', () => {
    const outage = suspected();
    expect([outage.isOver, outage.isAway, outage.mostWitnesses]).toEqual([false, false, WITNESSES]);

    witness(outage, 30, 40);
    expect([outage.isAway, outage.mostWitnesses]).toEqual([false, 1]);
    witness(outage, 50);
    expect([outage.isAway, outage.mostWitnesses]).toEqual([true, 1]);
  });

  it('begins anew where a request is answered that started before: those that were refused may have been too many at once', () => {
    const outage = suspected();
    witness(outage, 30, 40);
    expect(outage.reached(15, 45)).toBe(false);
    expect([outage.isOver, outage.mostWitnesses]).toEqual([false, WITNESSES]);

    witness(outage, 50, 60);
    expect(outage.isAway).toBe(false);
    witness(outage, 70);
    expect(outage.isAway).toBe(true);
  });

  it('once certain, is not shaken by the late answer to such a request, and ends with that to a newer one', () => {
    const outage = suspected();
    witness(outage, 30, 40, 50);
    expect(outage.reached(15, 60)).toBe(false);
    expect(outage.isAway).toBe(true);

    expect(outage.reached(70, 80)).toBe(true);
    expect(outage.isOver).toBe(true);
  });
});
