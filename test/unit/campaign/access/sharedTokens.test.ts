import { SharedTokens } from '../../../../nodes/shared/campaign/access/sharedTokens';

describe('tokens that executions share', () => {
  let now: number;
  let asked: number;
  let tokens: SharedTokens;
  const mint = async (): Promise<string> => `token ${(asked += 1)}`;

  beforeEach(() => {
    [now, asked] = [0, 0];
    tokens = new SharedTokens(() => now);
  });

  it('are asked for once by those that come together', async () => {
    expect(await Promise.all([1, 2, 3].map(async () => await tokens.tokenFor('a', '', mint)))).toEqual(['token 1', 'token 1', 'token 1']);
  });

  it('are given to those that have read the credential before one was stored, be it empty or with an expired one', async () => {
    await tokens.tokenFor('a', 'expired', mint);
    now = 60_000;
    expect(await tokens.tokenFor('a', '', mint)).toBe('token 1');
    expect(await tokens.tokenFor('a', 'expired', mint)).toBe('token 1');
  });

  it('are asked for anew by whoever comes with the last one, and after a minute', async () => {
    await tokens.tokenFor('a', '', mint);
    expect(await tokens.tokenFor('a', 'token 1', mint)).toBe('token 2');
    expect(await tokens.tokenFor('a', 'token 1', mint)).toBe('token 2');
    now = 60_001;
    expect(await tokens.tokenFor('a', '', mint)).toBe('token 3');
  });

  it('are asked for anew by whoever comes with one that was stored by somebody else since', async () => {
    await tokens.tokenFor('a', '', mint);
    expect(await tokens.tokenFor('a', 'of a test', mint)).toBe('token 2');
  });

  it('belong to one client and secret', async () => {
    await tokens.tokenFor('a', '', mint);
    expect(await tokens.tokenFor('b', '', mint)).toBe('token 2');
  });

  it('are not given after a failure, which all that waited for it share', async () => {
    const fail = async (): Promise<string> => await Promise.reject(new Error('away'));
    const ends = await Promise.allSettled([tokens.tokenFor('a', '', fail), tokens.tokenFor('a', '', fail)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await tokens.tokenFor('a', '', mint)).toBe('token 1');
  });

  it('are forgotten once they are old', async () => {
    await tokens.tokenFor('a', '', mint);
    now = 60_001;
    await tokens.tokenFor('b', '', mint);
    expect(tokens.size).toBe(1);
  });
});
