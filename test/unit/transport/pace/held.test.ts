import { Gate } from '../../../../nodes/shared/transport/pace/gate';
import { Stopwatch } from '../../../../nodes/shared/transport/pace/stopwatch';
import { VirtualTime } from '../../support/virtualTime';

describe('a stopwatch', () => {
  it('counts time once, however much goes on in it', () => {
    const watch = new Stopwatch();
    watch.begin(10);
    watch.begin(15);
    watch.end(20);
    expect(watch.elapsed(25)).toBe(15);
    watch.end(30);
    watch.begin(100);
    expect(watch.elapsed(103)).toBe(23);
  });
});

describe('the time that a run is held by the rate', () => {
  const pass = async (): Promise<void> => {};
  const runIn = async (time: VirtualTime, gate: Gate, caps: Parameters<Gate['lane']>[0], count: number, task = pass) => {
    const lane = gate.lane(caps);
    await time.run(Promise.all(Array.from({ length: count }, async () => await lane.run(task))));
    return lane.heldMilliseconds;
  };

  it('is nothing where nothing holds it, however long the answers take', async () => {
    const time = new VirtualTime();
    const slow = async (): Promise<void> => await time.wait(500);
    expect(await runIn(time, new Gate(time, { first: 2, most: 2 }), {}, 10, slow)).toBe(0);
  });

  it('is the time between requests where so many a second are set', async () => {
    const time = new VirtualTime();
    const held = await runIn(time, new Gate(time), { requestsPerSecond: 10 }, 21);
    expect(held).toBeGreaterThan(1_800);
    expect(held).toBeLessThanOrEqual(2_000);
  });

  it('is the rest that Campaign asks everybody for', async () => {
    const time = new VirtualTime();
    const gate = new Gate(time);
    gate.pause(7_000);
    expect(await runIn(time, gate, {}, 3)).toBe(7_000);
  });

  it('counts the rest of a request that was refused, once', async () => {
    const time = new VirtualTime();
    const gate = new Gate(time);
    const lane = gate.lane();
    gate.pause(1_000);
    await time.run(Promise.all([lane.whileHeld(async () => await time.wait(3_000)), lane.run(pass)]));
    expect(lane.heldMilliseconds).toBe(3_000);
  });
});
