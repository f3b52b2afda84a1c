import { LastSecond } from '../../../../nodes/shared/transport/pace/lastSecond';

describe('LastSecond', () => {
  it('counts what happened within a second, however much there was before', () => {
    const last = new LastSecond();
    for (let time = 0; time < 10_000; time += 1) last.add(time / 2);

    expect(last.count(4_999.5)).toBe(2_000);
    expect(last.count(5_500)).toBe(999);
    expect(last.count(7_000)).toBe(0);
  });

  it('tells when there will be fewer', () => {
    const last = new LastSecond();
    for (const time of [0, 100, 200, 300]) last.add(time);

    expect(last.fewerThanAt(5, 400)).toBe(400);
    expect(last.fewerThanAt(4, 400)).toBe(1_000);
    expect(last.fewerThanAt(2.5, 400)).toBe(1_100);
    expect(last.fewerThanAt(1, 400)).toBe(1_300);
  });
});
