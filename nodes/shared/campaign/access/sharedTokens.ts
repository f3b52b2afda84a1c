import { Forgetful } from '../../transport/forgetful';

/** How long a token is given to executions that have read the credential before n8n stored it, in ms. */
const SHARED_FOR_MS = 60_000;

interface SharedToken {
  /** The token of the credential when this one was asked for; empty for none. */
  readonly replaced: string;
  readonly minting: Promise<string>;
  /** Undefined while it is on its way. */
  minted?: { readonly token: string; readonly at: number };
}

/**
 * The tokens that this process has asked for just now. Executions that begin together all find none in the credential, or the same
 * expired one, and each of them would ask for one of its own.
 */
export class SharedTokens {
  private readonly byOwner = new Forgetful<SharedToken>((known) => known.minted !== undefined && !this.isFresh(known));

  /** @param now ms of a clock that does not go back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many tokens are remembered. */
  get size(): number {
    return this.byOwner.size;
  }

  /**
   * @param owner what the token is asked for with, see `tokenOwnerOf`
   * @param stored the token of the credential, which is not taken; empty for none. Who has none, or the one that the last token
   *   replaced, read the credential too early; any other token is newer than that, as one that a test of the credential has stored
   * @param mint asks for one
   * @throws whatever `mint` throws, for all that wait for it
   */
  async tokenFor(owner: string, stored: string, mint: () => Promise<string>): Promise<string> {
    const known = this.byOwner.get(owner);
    if (known && this.isFresh(known) && ['', known.replaced].includes(stored)) return await known.minting;
    const shared: SharedToken = { replaced: stored, minting: mint() };
    this.byOwner.set(owner, shared);
    try {
      const token = await shared.minting;
      shared.minted = { token, at: this.now() };
      return token;
    } catch (error) {
      if (this.byOwner.get(owner) === shared) this.byOwner.delete(owner);
      return await Promise.reject(error);
    }
  }

  private isFresh({ minted }: SharedToken): boolean {
    return minted === undefined || this.now() - minted.at <= SHARED_FOR_MS;
  }
}

/** Those of this process. */
export const sharedTokens = new SharedTokens();
