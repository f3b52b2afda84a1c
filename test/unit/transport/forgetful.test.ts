import { Forgetful } from '../../../nodes/shared/transport/forgetful';
import { TokenRequests } from '../../../nodes/shared/transport/http/tokenRequests';

describe('Forgetful', () => {
  it('keeps what is in use, and forgets what is idle when something is added', () => {
    let now = 0;
    const known = new Forgetful<{ readonly until: number }>(({ until }) => until <= now);
    for (let index = 0; index < 200; index += 1) known.set(`organization ${index}`, { until: 1_000 });
    known.set('in use', { until: Infinity });
    expect(known.size).toBe(201);

    now = 1_000;
    expect(known.get('organization 7')).toEqual({ until: 1_000 });
    known.set('another', { until: 2_000 });
    expect(known.size).toBe(2);
    expect(known.get('in use')).toBeDefined();
  });
});

describe('tokens that were asked for', () => {
  it('are forgotten after hours, but for those on their way', async () => {
    let now = 0;
    const tokens = new TokenRequests(() => now);
    let end = (): void => {};
    const slow = tokens.during('slow', async () => await new Promise<void>((resolve) => (end = resolve)));
    for (let index = 0; index < 200; index += 1) await tokens.during(`key ${index}`, async () => undefined);
    expect(tokens.size).toBe(201);

    now = 5 * 3_600_000;
    await tokens.during('new', async () => undefined);
    expect(tokens.size).toBe(2);
    end();
    await slow;
  });
});
