/** A number whose digits did not survive, or would not: JavaScript keeps 15 of them for certain. */
export const INEXACT = 'inexact';

const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const CERTAIN_DIGITS = 15;

/**
 * The number that decimal text such as `-1.5` means. Other notations (`0x1F`, `1e3`, `1,5`) are none: who writes them means text
 * more often than a number.
 *
 * @returns undefined for what is no number; `INEXACT` for one that a JavaScript number cannot hold
 */
export function decimalIn(text: string): number | typeof INEXACT | undefined {
  if (!DECIMAL.test(text)) return undefined;
  // Minus zero is zero.
  return keepsDigits(text) ? Number(text) + 0 : INEXACT;
}

/**
 * Tells whether a number keeps its digits when it is read as a JavaScript number.
 *
 * @param text a number as JSON writes it
 */
export function keepsDigits(text: string): boolean {
  const number = Number(text);
  if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return false;
  const digits = significant(text);
  return digits.length <= CERTAIN_DIGITS || digits === significant(String(number));
}

/** A number in plain digits, without the exponent that JavaScript writes for small ones. */
export function digitsOf(number: number): string {
  const [digits = '', exponent] = String(number).split('e-');
  if (exponent === undefined) return digits;
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace(/[-.]/g, '')}`;
}

/** The digits that count, wherever the point is. */
function significant(text: string): string {
  const [digits = ''] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = digits.replace(/^[+-]/, '').split('.');
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  return fraction === '' ? all : all.replace(/0+$/, '');
}

/** Texts and numbers of JSON, in the order in which they stand there. */
export const JSON_TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Hardly any answer has as many digits in a row, and those that have are looked at token by token. */
const MANY_DIGITS = /[\d.]{16}/;

/** JSON text in which numbers that would lose digits are texts: an ID of 64 bits would become that of somebody else. */
export function withExactNumbers(json: string): string {
  if (!MANY_DIGITS.test(json)) return json;
  return json.replace(JSON_TOKENS, (token) => (token.startsWith('"') || keepsDigits(token) ? token : `"${token}"`));
}
