import { invalidInput } from './error';
import { trimmed } from './scalars';
import type { CampaignResponse } from '../transport/transport';

/** What takes the place of a secret. */
const MASK = '…';
/** Shorter values are no secrets, and those up to the second bound are masked only where they stand alone. */
const SHORTEST = 4;
const SHORTEST_INSIDE_TEXT = 8;
/** So much of a long value gives it away, be the rest of it cut off. */
const TELLING_CHARACTERS = 16;
/** So many characters of a value that is no token are looked for one by one. */
const LONGEST_WHOLE = 200;
/** Longest body of a refusal that is looked at; Campaign's own have a few hundred characters. */
const LONGEST_REFUSAL = 256 * 1024;
/** The credential is read again for refusals, at most once in this time, in ms: n8n may have renewed the token. */
const REREAD_AFTER_MS = 1_000;

type Credential = Readonly<Record<string, unknown>>;

/** The values of a credential, so that no error shows one: servers and proxies sometimes repeat what they were sent. */
export class Secrets {
  private readonly values = new Set<string>();
  private pattern: RegExp | undefined;
  private readAt = -Infinity;

  /**
   * @param credential as n8n hands it over
   * @param readAgain reads it as it is stored now; n8n renews the token without telling
   */
  constructor(
    credential: Credential = {},
    private readonly readAgain: () => Promise<Credential> = async () => ({}),
  ) {
    this.learn(credential);
  }

  /** Puts a mask in place of every value of the credential, plain or encoded. */
  mask(text: string): string {
    if (this.values.size === 0) return text;
    // Most runs meet no refusal.
    this.pattern ??= patternOf([...this.values]);
    return text.replace(this.pattern, MASK);
  }

  /** The same for an answer that says no: nothing of it is used but to say why. Its beginning does. */
  async maskRefusal<Response extends CampaignResponse>(answer: Response): Promise<Response> {
    await this.readCredential();
    const requestId = answer.headers['x-request-id'];
    return {
      ...answer,
      body: this.mask(answer.body.slice(0, LONGEST_REFUSAL)),
      headers: requestId === undefined ? answer.headers : { ...answer.headers, 'x-request-id': this.mask(requestId) },
    };
  }

  private async readCredential(): Promise<void> {
    const now = performance.now();
    if (now - this.readAt < REREAD_AFTER_MS) return;
    this.readAt = now;
    // What cannot be read cannot be shown either: the refusal is what matters.
    this.learn(await this.readAgain().catch(() => ({})));
  }

  private learn({ apiKey, clientSecret, bearerToken, accessToken }: Credential): void {
    const before = this.values.size;
    for (const value of [apiKey, clientSecret, bearerToken, accessToken]) {
      const clean = plainToken(value);
      if (clean.length >= SHORTEST) this.values.add(clean);
    }
    if (this.values.size > before) this.pattern = undefined;
  }
}

/** The characters of Base64 that hold nothing but the value, when `offset` other bytes stand before it. */
function base64At(bytes: Buffer, offset: number): string[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const inside = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  return inside.length < SHORTEST_INSIDE_TEXT ? [] : [inside, inside.replace(/\+/g, '-').replace(/\//g, '_')];
}

/** Finds values in whatever form they may stand in text, hexadecimal and Base64 at any place included. */
function patternOf(values: readonly string[]): RegExp {
  const forms = values.flatMap((value) => {
    const bytes = Buffer.from(value);
    return [...written(value), ...[bytes.toString('hex'), ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset))].map(packedForm)];
  });
  return new RegExp([...new Set(forms)].sort((left, right) => right.length - left.length).join('|'), 'gi');
}

/** What tokens are made of, and what may be the rest of such a value, plain or escaped. */
const TOKEN_CHARACTERS = String.raw`[\w.~+/=%-]`;
const REST = String.raw`(?:${TOKEN_CHARACTERS}|\\{1,8}(?:u[0-9a-f]{4}|/)|&#x?[0-9a-f]{1,6};?)*`;
const IS_TOKEN = new RegExp(`^${TOKEN_CHARACTERS}*$`);

/** Patterns for a value whose characters are plain or escaped, each as it likes: what is parsed afterwards shows them plain. */
function written(value: string): string[] {
  const characters = Array.from(value.slice(0, 2 * LONGEST_WHOLE)).map(formsOfCharacter);
  if (value.length < SHORTEST_INSIDE_TEXT) return [`(?<![\\w-])${characters.join('')}(?![\\w-])`];
  if (value.length < 2 * TELLING_CHARACTERS) return [characters.join('')];
  const beginning = `${characters.slice(0, TELLING_CHARACTERS).join('')}${REST}`;
  // Of a token the rest follows its beginning, whatever it is; the pattern for all of it would take a tenth of a second to compile.
  return IS_TOKEN.test(value) ? [beginning] : [`${characters.slice(0, LONGEST_WHOLE).join('')}${REST}`, beginning];
}

/** A character plain, in an address however often it was encoded, in HTML, and in JSON within JSON. Repetitions are bounded: an answer of one sign must not take long. */
function formsOfCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(2, '0');
  const inAddress = [`%${hex}`, encodeURIComponent(character)].filter((form) => form.startsWith('%')).map(escapedAddress);
  const named = NAMED_IN_HTML.get(character);
  const forms = [
    escaped(character),
    ...inAddress,
    `&#0{0,6}${code};?`,
    `&#x0{0,6}${hex};?`,
    `\\\\{1,8}u${hex.padStart(4, '0')}`,
    ...(/[\\/"]/.test(character) ? [`\\\\{1,8}${escaped(character)}`] : []),
    ...(named === undefined ? [] : [named]),
  ];
  return `(?:${[...new Set(forms)].join('|')})`;
}

function escapedAddress(form: string): string {
  return form.replace(/%/g, '%(?:25){0,4}');
}

const NAMED_IN_HTML: ReadonlyMap<string, string> = new Map([
  ['&', '&(?:amp;){1,4}'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

function packedForm(form: string): string {
  return form.length < 2 * TELLING_CHARACTERS ? escaped(form) : `${escaped(form.slice(0, TELLING_CHARACTERS))}${REST}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** A value of the credential without quotes and what cannot be seen around it; blank for anything that is no text. */
export function cleanSecret(value: unknown): string {
  return typeof value === 'string' ? trimmed(trimmed(value).replace(/^(["'])(.*)\1$/s, '$2')) : '';
}

/** The same without what stands before it: people copy the word Bearer along, or the whole header. */
export function plainToken(value: unknown): string {
  return cleanSecret(cleanSecret(value).replace(/^(?:authorization\s*:\s*)?bearer\s+/i, ''));
}

/**
 * A value of the credential that is sent in a header, cleaned; it may be blank.
 *
 * @param field the field's display name
 * @throws CampaignError `invalidInput` naming the field, and the character by its number, never the value
 */
export function headerSecret(value: unknown, field: string): string {
  const text = cleanSecret(value);
  const characters = Array.from(text);
  const index = characters.findIndex((character) => !/^[\x21-\x7e]$/.test(character));
  if (index < 0) return text;
  const code = characters[index]?.codePointAt(0) ?? 0;
  throw invalidInput(
    `'${field}' in the credential has a character that cannot be sent (${NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`} at position ${index + 1})`,
    'Copy the value again from your project in the Adobe Developer Console, in one piece: letters, digits and signs without blanks or line breaks.',
  );
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [9, 'a tab'],
  [10, 'a line break'],
  [13, 'a line break'],
  [32, 'a blank'],
]);
