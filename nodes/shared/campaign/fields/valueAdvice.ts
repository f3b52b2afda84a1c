import { trimmed } from '../scalars';

/** Digits with what people of many countries put between them. */
const WRITTEN_NUMBER = /^[+-]?\d[\d.,\s'’]*$/;
const SIDES: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'y', 'on', 'x', 'ja', 'oui', 'sí', 'si', 'sim', 'vrai', 'wahr', 'verdadero'].map((word) => [word, true] as const),
  ...['no', 'n', 'off', 'nein', 'non', 'nee', 'não', 'faux', 'falsch', 'falso'].map((word) => [word, false] as const),
]);

/** How to convert text that is no number: which sign stands for what, only the user knows. '' where nothing is known. */
export function separatorAdvice(value: unknown): string {
  if (typeof value !== 'string' || !WRITTEN_NUMBER.test(trimmed(value))) return '';
  return "Numbers are digits, with a point before decimals. Convert it with an expression: {{ ….replace(/[^0-9,-]/g, '').replace(',', '.') }} makes 1234.5 of 1.234,5, and {{ ….replace(/[^0-9.-]/g, '') }} of 1,234.5, with the value in place of the dots.";
}

/**
 * What to do about text in which a point stands before three digits.
 *
 * @param text e.g. `1.500`
 */
export function thousandsAdvice(text: string): string {
  return `It may be ${String(Number(text))} or ${text.replace('.', '')}. Convert it with an expression: {{ Number(…) }} for the first, {{ Number(….replace('.', '')) }} for the second, with the value in place of the dots.`;
}

/** A long number as a spreadsheet shows and saves it, in either notation: its last digits are lost. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?E\+\d{1,3}$/i;

/** Whether text is a number of which a spreadsheet has lost digits, e.g. `3.36012E+10`: several numbers end up as one. */
export function isShortenedNumber(text: string): boolean {
  return SHORTENED.test(trimmed(text));
}

/** What to do about such a number. */
export const SHORTENED_ADVICE =
  'A spreadsheet has shortened the number, and its last digits are lost: format the column as text there, and export it anew.';

/** The same for text that is neither true nor false. */
export function switchAdvice(value: unknown): string {
  const text = typeof value === 'string' ? trimmed(value) : '';
  const side = SIDES.get(text.toLowerCase());
  return side === undefined
    ? ''
    : `Convert it with an expression: {{ … ${side ? '=' : '!'}== '${text}' }}, with the value in place of the dots.`;
}
