import { decimalIn, digitsOf, INEXACT } from './numbers';

/** A longer number is rounded before anybody here sees it. */
export const TOO_MANY_DIGITS = 'a number of at most 15 digits (give longer ones as text)';

/** Every text that lost something has one of these; hardly any other has. */
const SUSPECT = /[\p{Cs}\0\ufffd[#]/u;
/** How text shows that something got lost on its way, and what is wanted in its place. */
const LOSSES: ReadonlyArray<readonly [RegExp, string]> = [
  // Halves of characters, and the character zero: no database keeps either.
  [/[\p{Cs}\0]/u, 'text without broken characters'],
  [/\ufffd/, "text without '\ufffd', which stands for a letter that was lost: read the file in its own encoding"],
  // What JavaScript makes of an object that is put into text: whoever wrote the expression meant something in it.
  [/\[object Object\]/, 'text in which no object got lost'],
  [/^\s*#(?:N\/[AD]|NV|¡?[\p{Lu}/0-9]{2,10}[!?])\s*$/u, "text, and not a spreadsheet's error"],
];

/**
 * The side that a switch is on: true or false, as text in any letter case, or 1 and 0.
 *
 * @returns undefined for everything else: what is no switch must not pass for off
 */
export function switchIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = trimmed(String(value)).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/**
 * The number that a value means: a number, or decimal text, see `decimalIn`.
 *
 * @returns undefined for what is no number; `INEXACT` for one that a JavaScript number cannot hold
 */
export function numberIn(value: unknown): number | typeof INEXACT | undefined {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) return undefined;
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? INEXACT : value;
    case 'bigint':
      return decimalIn(String(value));
    case 'string':
      return decimalIn(trimmed(value));
    default:
      return undefined;
  }
}

/**
 * Text, or a number or switch in the form that text has.
 *
 * @returns undefined for everything else, for broken text, and for a number that was rounded on its way here: see `wantedText`
 */
export function textIn(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return lossIn(value) === undefined ? value : undefined;
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number': {
      const number = numberIn(value);
      return number === undefined || number === INEXACT ? undefined : digitsOf(number);
    }
    default:
      return undefined;
  }
}

function lossIn(text: string): string | undefined {
  return SUSPECT.test(text) ? LOSSES.find(([sign]) => sign.test(text))?.[1] : undefined;
}

/** What to give where `textIn` finds no text. */
export function wantedText(value: unknown): string {
  if (typeof value === 'string') return lossIn(value) ?? 'text';
  return numberIn(value) === INEXACT ? TOO_MANY_DIGITS : 'text';
}

/** What comes along when a value is copied from a web page or a file and cannot be seen: blanks, line breaks, marks of no width. */
const UNSEEN = /[\s\p{Cf}]/u;

/**
 * Text without what cannot be seen around it: with it, nobody would be found by a key or an email, and a number or date of a spreadsheet
 * would be none.
 */
export function trimmed(text: string): string {
  // A pattern with an end would look at every blank of a long text anew.
  let [start, end] = [0, text.length];
  while (start < end && UNSEEN.test(text.charAt(start))) start += 1;
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** An email as it is written and looked for: nobody writes what cannot be seen into one, it comes along from web pages and files. */
export function cleanEmail(text: string): string {
  return trimmed(text.replace(/\p{Cf}/gu, ''));
}

/** What may stand in an address that is not in quotes, between its dots; `mailto:` and brackets come from web pages and address books. */
const ONE_EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\".]+(?:\.[^\s@,;:<>()[\]\\".]+)*$/;

/** Whether text is the address of one person, without a name and without a second one; what is no address at all is for nobody to find. */
export function isOneEmail(text: string): boolean {
  return ONE_EMAIL.test(text);
}

/** Null, undefined and text in which nothing can be seen: Campaign itself shows all of them as "". */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && showsNothing(value));
}

function showsNothing(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (!UNSEEN.test(text.charAt(index))) return false;
  return true;
}

/** A number as people write it, e.g. `10,000`. */
export function withCommas(number: number): string {
  return number.toLocaleString('en-US');
}

const SHOWN_CHARACTERS = 60;

/** A value for a message: text in quotes, long ones cut. */
export function show(value: unknown): string {
  if (isEmpty(value)) return 'empty';
  const text = typeof value === 'string' ? `'${value}'` : asJson(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

/** JSON has no NaN and no bigint, and nothing for an object that holds itself. */
function asJson(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? text : String(value);
  } catch {
    return typeof value;
  }
}
