import { Workers, type Work } from '../../../nodes/shared/execution/workers';

/** How often the event loop comes round while something is done. */
async function turnsDuring(task: () => Promise<void>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await task();
  isOver = true;
  return turns;
}

const over = (count: number, process: Work['process'], more: Partial<Work> = {}) =>
  new Workers({ count, process, room: () => 10, mayGoOn: () => true, ...more });

describe('B5: items that ask Campaign nothing', () => {
  it('let the event loop come round every few hundred of them', async () => {
    const done: number[] = [];
    const turns = await turnsDuring(async () => await over(20_000, async (index) => void done.push(index)).run());
    expect(done).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
    expect(turns).toBeGreaterThan(20_000 / 257);
  });

  it('let it come round however long each of them takes', async () => {
    const busy = async (): Promise<void> => {
      const begunAt = performance.now();
      while (performance.now() - begunAt < 2);
    };
    // Two runs whose timers fall due while the other one is at work would starve everything else.
    const runs = async (): Promise<void> => {
      await Promise.all([over(50, busy).run(), over(50, busy).run()]);
    };
    expect(await turnsDuring(runs)).toBeGreaterThan(100 / 8);
  });

  it('begin no more once the workflow is stopped, a turn later at the most', async () => {
    let isStopped = false;
    let afterStop = 0;
    const stop = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      isStopped = true;
    };
    const process = async (): Promise<void> => {
      if (isStopped) afterStop += 1;
    };
    await Promise.all([over(1_000_000, process, { mayGoOn: () => !isStopped }).run(), stop()]);
    expect(afterStop).toBeLessThanOrEqual(10);
  });
});

describe('B3: an item that rests', () => {
  it('gives its place to the next one, however many do', async () => {
    let wake = (): void => {};
    const night = new Promise<void>((resolve) => (wake = resolve));
    const begun: number[] = [];
    const workers: Workers = over(20_000, async (index) => {
      begun.push(index);
      if (begun.length === 20_000) wake();
      await workers.rest(async () => await night);
    });
    await workers.run();
    expect(begun).toHaveLength(20_000);
  });

  it('counts again when it goes on', async () => {
    let atWork = 0;
    let most = 0;
    const workers: Workers = over(
      50,
      async () => {
        most = Math.max(most, (atWork += 1));
        await Promise.resolve();
        atWork -= 1;
      },
      { room: () => 3 },
    );
    await workers.run();
    expect(most).toBe(3);
  });

  it('hands on what it waits for, and what goes wrong with it', async () => {
    const seen: unknown[] = [];
    const workers: Workers = over(2, async (index) => {
      const waiting = workers.rest(async () => (index === 0 ? 'done' : await Promise.reject(new Error('gone'))));
      seen.push(await waiting.catch((error: unknown) => String(error)));
    });
    await workers.run();
    expect(seen).toEqual(['done', 'Error: gone']);
  });

  it('ends the run with what room cannot tell', async () => {
    await expect(
      over(3, async () => {}, {
        room: () => {
          throw new Error('unforeseen');
        },
      }).run(),
    ).rejects.toThrow('unforeseen');
  });
});
