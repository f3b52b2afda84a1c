import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes that sealing adds to the plaintext. */
export const SEAL_OVERHEAD = NONCE_BYTES + TAG_BYTES;

/**
 * Authenticated encryption under a key that lives and dies with one simulator: what one instance sealed, no other opens.
 */
export class Sealer {
  private readonly secret = randomBytes(32);

  private readonly salt = this.secret.toString('hex');

  /** 32 bytes that only this instance makes from `text`. */
  digest(text: string): Buffer {
    return hash('sha256', this.salt + text, 'buffer');
  }

  /**
   * @param label what the nonce is derived from: the same label and plaintext give the same bytes; null for a random nonce
   * @param bound public bytes that must be unchanged when the result is opened
   */
  seal(plaintext: Buffer, bound: Buffer, label: string | null): Buffer {
    const nonce = label === null ? randomBytes(NONCE_BYTES) : this.digest(label).subarray(0, NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.secret, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(bound);
    const sealed = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
  }

  /** The plaintext, or null if anything was changed or another instance sealed it. */
  open(sealed: Buffer, bound: Buffer): Buffer | null {
    if (sealed.length <= SEAL_OVERHEAD) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.secret, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return plaintext;
  }
}

/** Bytes of base64url text, or null if it is not the one way to write them. */
export function decodeExactly(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
