import { RequestRate } from '../../../../nodes/shared/transport/pace/requestRate';

/** A rate that has let `perSecond` requests through in a second, and met its first 429 at 1,000 ms. */
function limitedAt(perSecond: number): RequestRate {
  const rate = new RequestRate();
  for (let request = 0; request < perSecond; request += 1) succeed(rate, (request * 1000) / perSecond + 1);
  rate.limited(1_000, 1_000);
  return rate;
}
const succeed = (rate: RequestRate, now: number) => rate.succeeded(now, now);

/** Starts requests as fast as the rate lets them, all of which pass. @returns when each one started */
function run(rate: RequestRate, until: number): number[] {
  const starts: number[] = [];
  while (rate.opensAt < until) {
    const now = rate.opensAt;
    rate.take(now);
    succeed(rate, now);
    starts.push(now);
  }
  return starts;
}

/** A rate that has found a limit: 83 a second are kept. */
function settled(): { readonly rate: RequestRate; readonly now: number } {
  const rate = limitedAt(40);
  run(rate, 4_900);
  rate.limited(4_899, 4_900);
  return { rate, now: 4_900 };
}

describe('the rate', () => {
  it('is not limited before the first 429', () => {
    const rate = new RequestRate();
    for (let request = 0; request < 1000; request += 1) rate.take(1);

    expect(rate.perSecond).toBe(Infinity);
    expect(rate.opensAt).toBeLessThanOrEqual(1);
  });

  it('begins with half of what passed in the second before the first 429, when that second is over', () => {
    const rate = limitedAt(40);

    expect(rate.perSecond).toBe(20);
    expect(rate.opensAt).toBe(2_000);
  });

  it('begins with one request per second where hardly anything passed', () => {
    const rate = new RequestRate();
    rate.limited(1, 1);

    expect(rate.perSecond).toBe(1);
  });

  it('gets a surplus that grows alike, whatever there was before', () => {
    const surplus = [10, 40, 160].map((perSecond) => {
      const rate = limitedAt(perSecond);
      run(rate, 4_000);
      return rate.perSecond - perSecond / 2;
    });

    for (const each of surplus) expect(each).toBeCloseTo(31, -1);
  });

  it('keeps what it was half a second before the second 429', () => {
    const { rate, now } = settled();
    // 2.4 s after the search began: 20 + 2^(2400/400) - 1.
    expect(rate.perSecond).toBeCloseTo(83, -1);
    expect(rate.opensAt).toBeGreaterThan(now);
  });

  it('grows slowly while there may be no room, alike whatever there is, and then fast', () => {
    const { rate, now } = settled();
    const kept = rate.perSecond;
    run(rate, now + 3_000);
    expect(rate.perSecond - kept).toBeGreaterThan(0.2);
    expect(rate.perSecond - kept).toBeLessThan(0.4);
    run(rate, now + 7_000);
    expect(rate.perSecond).toBeGreaterThan(2 * kept);
  });

  it('loses more, and a smaller share, the more there is', () => {
    const losses = [4, 40, 400].map((perSecond) => {
      const rate = limitedAt(2 * perSecond);
      // The search has found nothing: the half is kept.
      run(rate, 2_100);
      rate.limited(2_099, 2_100);
      const kept = rate.perSecond;
      run(rate, 4_100);
      rate.limited(4_099, 4_100);
      return { kept, loss: kept - rate.perSecond };
    });

    for (const [index, { kept, loss }] of losses.entries()) {
      expect(loss).toBeGreaterThan(losses[index - 1]?.loss ?? 0);
      expect(loss / kept).toBeLessThan((losses[index - 1]?.loss ?? Infinity) / (losses[index - 1]?.kept ?? 1));
    }
  });

  it('loses a tenth at least where it is refused again at once', () => {
    const { rate, now } = settled();
    const kept = rate.perSecond;
    run(rate, now + 500);
    rate.limited(now + 499, now + 500);

    expect(rate.perSecond).toBeCloseTo(0.9 * kept, 0);
  });

  it('keeps of a surplus what has passed half a second before it is refused', () => {
    const { rate, now } = settled();
    const kept = rate.perSecond;
    let end = now;
    while (rate.perSecond < 1.5 * kept) run(rate, (end += 10));
    rate.limited(end - 1, end);

    // Half of the rate is surplus; of that, half a second before, 2^(-500/400) was there.
    expect(rate.perSecond).toBeCloseTo(kept + 0.5 * kept * 2 ** (-500 / 400), -1);
  });

  it('spreads requests evenly', () => {
    const { rate, now } = settled();
    const starts = run(rate, now + 1_000).slice(-10);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));

    for (const gap of gaps) expect(gap).toBeCloseTo(1000 / rate.perSecond, 0);
  });

  it('is cut once for all that were under way together', () => {
    const { rate, now } = settled();
    const cut = rate.perSecond;
    for (let request = 0; request < 10; request += 1) rate.limited(now - request, now + 10);

    expect(rate.perSecond).toBe(cut);
  });

  it('does not grow while nobody makes use of it', () => {
    const { rate, now } = settled();
    const cut = rate.perSecond;
    for (let later = now + 2_000; later < now + 60_000; later += 500) {
      rate.take(later);
      succeed(rate, later);
    }

    expect(rate.perSecond).toBeLessThan(1.02 * cut);
  });
});

describe('a server that lets nothing through', () => {
  it('is asked ever more seldom, and the rate is kept for when it does', () => {
    const { rate, now: from } = settled();
    let now = from;
    const rests: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      now = rate.opensAt + 1;
      rate.take(now);
      rate.limited(now, now);
      rests.push(Math.round(rate.opensAt - now));
    }
    expect(rests.slice(1)).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);

    now = rate.opensAt;
    run(rate, now + 3_000);
    expect(rate.perSecond).toBeGreaterThan(60);
  });

  it('is not taken for one that does because of the late answer to a request that started before', () => {
    const { rate, now: from } = settled();
    const rests: number[] = [];
    for (let [attempt, refused] = [0, from]; attempt < 5; attempt += 1) {
      const now = rate.opensAt + 1;
      rate.take(now);
      rate.succeeded(refused, now);
      rate.limited(now, now);
      refused = now;
      rests.push(Math.round(rate.opensAt - now));
    }
    expect(rests.slice(1)).toEqual([100, 200, 400, 800]);
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
