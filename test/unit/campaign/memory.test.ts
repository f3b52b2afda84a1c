import { Memory } from '../../../nodes/shared/campaign/memory';

describe('a memory', () => {
  const FINAL = new Error('no, and no again');
  const memory = () => new Memory<string>((error) => error === FINAL);

  it('asks once for each key, also while the answer is on its way', async () => {
    const recalled = memory();
    const ask = jest.fn(async () => 'answer');

    expect(await Promise.all([recalled.recall('a', ask), recalled.recall('a', ask)])).toEqual(['answer', 'answer']);
    expect(await recalled.recall('b', async () => 'other')).toBe('other');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['keeps an error that is final', FINAL, 1],
    ['forgets an error that is not', new Error('busy'), 2],
  ])('%s', async (_, error, times) => {
    const recalled = memory();
    const ask = jest.fn(async () => await Promise.reject<string>(error));

    await expect(recalled.recall('a', ask)).rejects.toBe(error);
    await expect(recalled.recall('a', ask)).rejects.toBe(error);
    expect(ask).toHaveBeenCalledTimes(times);
  });
});
