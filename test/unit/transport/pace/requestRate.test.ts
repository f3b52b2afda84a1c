import { RequestRate } from '../../../../nodes/shared/transport/pace/requestRate';

/** A rate that has met a limit of `perSecond` after a second of that, at 1,000 ms. */
function limitedAt(perSecond: number): RequestRate {
  const rate = new RequestRate();
  for (let request = 0; request < perSecond; request += 1) succeed(rate, (request * 1000) / perSecond + 1);
  rate.limited(1000, 1000);
  return rate;
}
const succeed = (rate: RequestRate, now: number) => rate.succeeded(now, now);

describe('the rate', () => {
  it('is not limited before the first 429', () => {
    const rate = new RequestRate();
    for (let request = 0; request < 1000; request += 1) rate.take(1);

    expect(rate.perSecond).toBe(Infinity);
    expect(rate.opensAt).toBeLessThanOrEqual(1);
  });

  it('is guessed from the second before the first 429', () => {
    expect(limitedAt(40).perSecond).toBeCloseTo(36);
  });

  it('is not guessed from next to nothing', () => {
    const rate = new RequestRate();
    rate.limited(1, 1);

    expect(rate.perSecond).toBe(4.5);
  });

  it('spreads requests evenly', () => {
    const rate = limitedAt(40);
    const starts = Array.from({ length: 5 }, () => {
      const start = rate.opensAt;
      rate.take(start);
      return start;
    });

    for (const [index, start] of starts.slice(1).entries()) expect(start - (starts[index] ?? 0)).toBeCloseTo(1000 / 36);
  });

  it('waits until a burst is a second ago', () => {
    const rate = new RequestRate();
    for (let request = 0; request < 20; request += 1) succeed(rate, 500);
    rate.limited(510, 520);

    expect(rate.opensAt).toBe(1500);
  });

  it('is cut once for all that were under way together', () => {
    const rate = limitedAt(40);
    for (let request = 0; request < 10; request += 1) rate.limited(990 + request, 1010);

    expect(rate.perSecond).toBeCloseTo(36);
    expect(rate.opensAt).toBeLessThan(2000);
  });

  it('comes back to what it was, and then goes beyond it as far as it is made use of', () => {
    const rate = limitedAt(40);
    const seen: number[] = [];
    for (let now = 2_000; now < 30_000; now += 20) {
      succeed(rate, now);
      seen.push(rate.perSecond);
    }

    expect(seen).toEqual([...seen].sort((left, right) => left - right));
    expect(seen.at(-1)).toBe(100);
  });

  it('does not grow while nobody makes use of it', () => {
    const rate = limitedAt(40);
    for (let now = 2_000; now < 60_000; now += 500) succeed(rate, now);

    expect(rate.perSecond).toBeCloseTo(36);
  });
});

describe('a server that lets nothing through', () => {
  it('is asked ever more seldom, and the rate is kept for when it does', () => {
    const rate = limitedAt(40);
    let now = 2_000;
    const rests: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      rate.limited(now, now);
      rests.push(Math.round(rate.opensAt - now));
      now = rate.opensAt;
    }
    expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(rate.perSecond).toBe(1);

    succeed(rate, now + 1);
    expect(rate.perSecond).toBeCloseTo(36);
  });
});

describe('a pause', () => {
  it('lets nothing start, and becomes longer, never shorter', () => {
    const rate = new RequestRate();
    rate.holdUntil(5_000);
    rate.holdUntil(1_000);

    expect(rate.opensAt).toBe(5_000);
  });
});
