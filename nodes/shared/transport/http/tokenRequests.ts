import { Forgetful } from '../forgetful';

/** A finished request for a token is forgotten after this time, in ms: no deadline looks back further. */
const FORGET_AFTER_MS = 4 * 3_600_000;

interface Minting {
  underWay: number;
  endedAt: number;
}

/**
 * When tokens are asked for. n8n mints a token inside its request helper, before the request or in the middle of it, which is none of
 * the request's own time: Campaign has not heard of it yet.
 */
export class TokenRequests {
  private readonly byKey = new Forgetful<Minting>(({ underWay, endedAt }) => underWay === 0 && this.now() - endedAt > FORGET_AFTER_MS);

  /** @param now ms of a clock that does not go back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many keys are remembered. */
  get size(): number {
    return this.byKey.size;
  }

  /**
   * @param key whose token is asked for: the API key, which is kept in memory for a while
   * @param task ends by itself
   */
  async during<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const minting = this.byKey.get(key) ?? { underWay: 0, endedAt: -Infinity };
    this.byKey.set(key, minting);
    minting.underWay += 1;
    try {
      return await task();
    } finally {
      minting.underWay -= 1;
      minting.endedAt = this.now();
    }
  }

  /** When a token was last on its way, in ms: now, if one is; -Infinity if none is known of. */
  lastUnderWay(key: string): number {
    const minting = this.byKey.get(key);
    return minting === undefined ? -Infinity : minting.underWay > 0 ? this.now() : minting.endedAt;
  }
}

/** Those of this process. */
export const tokenRequests = new TokenRequests();
