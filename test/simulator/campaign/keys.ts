import { decodeExactly, SEAL_OVERHEAD, type Sealer } from './seal';

/** Where in an answer a key stands: the same record reads differently in each place. */
export type KeyContext = 'record' | 'subscriptions' | 'patchAnswer' | 'metadata' | 'link';

/** Characters after the `@`; measured on real answers, 4 + 16 n bytes each. Length says nothing about the type. */
export type KeyLength = 91 | 112 | 134;

/** What a key stands for. */
export interface KeyTarget {
  /** Resource name, for example `profile`. */
  readonly type: string;
  readonly id: number;
}

const CONTEXTS: readonly KeyContext[] = ['record', 'subscriptions', 'patchAnswer', 'metadata', 'link'];
const BYTES: Readonly<Record<KeyLength, number>> = { 91: 68, 112: 84, 134: 100 };
/** All keys of a record start with these: in real answers the first 42 characters are shared and the rest differs. */
const STEM_BYTES = 32;

/**
 * Mints and opens PKeys: `@` and base64url of a stem that is stable for the record, followed by sealed bytes that hold
 * type, id and context. Any key of this instance is accepted in any place; nothing else is.
 */
export class Keyring {
  private readonly types: string[] = [];
  /** Key texts by what they were minted for, and the reverse; fresh keys are not remembered but decrypted. */
  private readonly minted = new Map<string, string>();
  private readonly targets = new Map<string, KeyTarget>();

  constructor(
    private readonly sealer: Sealer,
    private readonly settings: { readonly freshKeys: boolean },
  ) {}

  /**
   * A PKey with its leading `@`: the same text for the same arguments, or a new one each time while `freshKeys` is on. What describes a
   * resource has hundreds of keys that nobody asks for: those stay the same.
   */
  mint(type: string, id: number, context: KeyContext, length: KeyLength = 91): string {
    if (this.settings.freshKeys && context !== 'metadata') return this.make(type, id, context, length, null);
    const label = `${type}/${id}/${context}`;
    const known = this.minted.get(label);
    if (known !== undefined) return known;
    const key = this.make(type, id, context, length, label);
    this.minted.set(label, key);
    this.targets.set(key, { type, id });
    return key;
  }

  /** What a key text stands for, or null for a text that this instance never minted. */
  open(key: string): KeyTarget | null {
    return this.targets.get(key) ?? this.decrypt(key);
  }

  private decrypt(key: string): KeyTarget | null {
    const bytes = key.startsWith('@') ? decodeExactly(key.slice(1)) : null;
    if (bytes === null || bytes.length <= STEM_BYTES) return null;
    const plaintext = this.sealer.open(bytes.subarray(STEM_BYTES), bytes.subarray(0, STEM_BYTES));
    const type = plaintext === null ? undefined : this.types[plaintext.readUInt8(0)];
    return plaintext === null || type === undefined ? null : { type, id: plaintext.readUInt32BE(2) };
  }

  private make(type: string, id: number, context: KeyContext, length: KeyLength, label: string | null): string {
    const stem = this.sealer.digest(`${type}/${id}`).subarray(0, STEM_BYTES);
    const plaintext = Buffer.alloc(BYTES[length] - STEM_BYTES - SEAL_OVERHEAD);
    plaintext.writeUInt8(this.typeCode(type), 0);
    plaintext.writeUInt8(CONTEXTS.indexOf(context), 1);
    plaintext.writeUInt32BE(id, 2);
    return `@${Buffer.concat([stem, this.sealer.seal(plaintext, stem, label)]).toString('base64url')}`;
  }

  private typeCode(type: string): number {
    const known = this.types.indexOf(type);
    return known >= 0 ? known : this.types.push(type) - 1;
  }
}
