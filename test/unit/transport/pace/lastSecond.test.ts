import { LastSecond } from '../../../../nodes/shared/transport/pace/lastSecond';

describe('LastSecond', () => {
  it('counts what happened within a second, however much there was before', () => {
    const last = new LastSecond();
    for (let time = 0; time < 10_000; time += 1) last.add(time / 2);

    expect(last.count(4_999.5)).toBe(2_000);
    expect(last.count(5_500)).toBe(999);
    expect(last.count(7_000)).toBe(0);
  });
});
