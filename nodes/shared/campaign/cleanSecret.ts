import { invalidInput } from './error';

/** What comes along when a value is copied and cannot be seen: blanks, line breaks, marks of byte order and of no width. */
const INVISIBLE = '[\\s\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\ufeff]+';
const AROUND = new RegExp(`^${INVISIBLE}|${INVISIBLE}$`, 'g');

/** JavaScript that does to an expression's text what `cleanSecret` does, for the expressions that n8n evaluates. */
export const CLEANED = `.replace(/^${INVISIBLE}|${INVISIBLE}$/g, "")`;

/** A value of the credential without what cannot be seen around it; blank for anything that is no text. */
export function cleanSecret(value: unknown): string {
  return typeof value === 'string' ? value.replace(AROUND, '') : '';
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
