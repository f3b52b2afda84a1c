import { FEWEST_IN_FLIGHT, FIRST_IN_FLIGHT, InFlightWindow, MOST_IN_FLIGHT } from '../../../../nodes/shared/transport/pace/inFlightWindow';

const grow = (window: InFlightWindow, answers: number, milliseconds = 100) => {
  for (let answer = 0; answer < answers; answer += 1) window.grow(milliseconds);
};

describe('the number of requests in flight', () => {
  it('begins low, grows by a quarter with every round of answers, and ends somewhere', () => {
    const window = new InFlightWindow();
    expect(window.size).toBe(FIRST_IN_FLIGHT);
    grow(window, 4);
    expect(window.size).toBe(FIRST_IN_FLIGHT + 1);
    grow(window, 10_000);
    expect(window.size).toBe(MOST_IN_FLIGHT);
  });

  it('grows less for answers that come at once', () => {
    const window = new InFlightWindow();
    grow(window, 100, 0.5);

    expect(window.size).toBe(FIRST_IN_FLIGHT);
  });

  it('is halved once for all that were under way together, and grows by one with a round from then on', () => {
    const window = new InFlightWindow(40);
    for (let request = 0; request < 10; request += 1) window.shrink(100 + request, 150);
    expect(window.size).toBe(20);

    grow(window, 20);
    expect(window.size).toBe(20);
    grow(window, 1);
    expect(window.size).toBe(21);
    window.shrink(151, 200);
    expect(window.size).toBe(10);
  });

  it('lets one through at least', () => {
    const window = new InFlightWindow();
    for (let time = 1; time < 20; time += 1) window.shrink(time, time);

    expect(window.size).toBe(FEWEST_IN_FLIGHT);
  });
});
