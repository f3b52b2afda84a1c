import { decodeExactly, type Sealer } from './seal';

/** What an opaque `_lineStart` stands for. */
export interface Cursor {
  /** Rows before the page. */
  readonly offset: number;
  /** Digest of path, filters and order that the cursor belongs to. */
  readonly query: number;
}

const NOTHING_BOUND = Buffer.alloc(0);

/** Mints and opens `_lineStart` tokens: `@` and 48 characters, as in real answers. */
export class CursorMint {
  constructor(private readonly sealer: Sealer) {}

  mint(offset: number, query: string): string {
    const plaintext = Buffer.alloc(8);
    plaintext.writeUInt32BE(offset, 0);
    plaintext.writeUInt32BE(this.digest(query), 4);
    return `@${this.sealer.seal(plaintext, NOTHING_BOUND, `cursor/${offset}/${query}`).toString('base64url')}`;
  }

  /** The cursor, or null for a text that this instance never minted. */
  open(text: string): Cursor | null {
    const bytes = text.startsWith('@') ? decodeExactly(text.slice(1)) : null;
    const plaintext = bytes === null ? null : this.sealer.open(bytes, NOTHING_BOUND);
    return plaintext?.length === 8 ? { offset: plaintext.readUInt32BE(0), query: plaintext.readUInt32BE(4) } : null;
  }

  /** Whether the cursor was given out for this query. */
  belongsTo(cursor: Cursor, query: string): boolean {
    return cursor.query === this.digest(query);
  }

  private digest(query: string): number {
    return this.sealer.digest(query).readUInt32BE(0);
  }
}
