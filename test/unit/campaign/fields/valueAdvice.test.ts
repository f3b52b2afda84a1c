import { runInNewContext } from 'node:vm';

import { convertValue } from '../../../../nodes/shared/campaign/fields/values';
import { field } from '../../support/campaign';

const adviceFor = (kind: 'number' | 'boolean', value: unknown): string => {
  const conversion = convertValue({ ...field(kind), ...(kind === 'number' ? { wholeBits: 32 } : {}) }, value, 'utc');
  return 'wanted' in conversion ? (conversion.advice ?? '') : 'taken';
};
/** What the first expression of an advice makes of a value. */
const convertedBy = (advice: string, value: string, which = 0): unknown => {
  const expression = [...advice.matchAll(/\{\{ (.+?) \}\}/g)][which]?.[1] ?? '';
  return runInNewContext(expression.replace('…', 'value'), { value });
};

describe('a value that is refused comes with the expression that converts it', () => {
  it.each([
    ['1.234,5', 0, '1234.5'],
    ['1 234,5', 0, '1234.5'],
    ['-1,5', 0, '-1.5'],
    ['1.000', 0, '1000'],
    ['1,234.5', 1, '1234.5'],
    ["1'234", 1, '1234'],
    ['\u00a01,000', 1, '1000'],
  ])('the number %j', (text, which, number) => expect(convertedBy(adviceFor('number', text), text, which)).toBe(number));

  it.each(['yes', 'No', 'on', 'off', 'Ja', 'nein', 'oui', 'non', 'sí', 'não'])('the switch %j', (text) =>
    expect(convertedBy(adviceFor('boolean', text), text)).toBe(!/^(?:no|off|nein|non|não)$/i.test(text)),
  );

  it.each([
    ['number', 'twelve'],
    ['number', '12px'],
    ['number', true],
    ['boolean', 'maybe'],
    ['boolean', 2],
  ] as const)('but nothing is known of the %s %j', (kind, value) => expect(adviceFor(kind, value)).toBe(''));
});
