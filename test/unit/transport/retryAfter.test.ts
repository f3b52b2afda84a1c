import { parseRetryAfter } from '../../../nodes/shared/transport/retryAfter';

const NOW = Date.parse('2026-01-31T09:30:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7_000],
    [' 7 ', 7_000],
    ['0.5', 500],
    ['0', 0],
    ['86400', 86_400_000],
    ['-5', 0],
  ])('reads %j as seconds', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });

  it.each([
    ['Sat, 31 Jan 2026 09:30:12 GMT', 12_000],
    ['Saturday, 31-Jan-26 09:31:00 GMT', 60_000],
    ['Sat, 31 Jan 2026 09:29:00 GMT', 0],
  ])('reads %j as a date', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });

  it.each([undefined, '', '  ', 'soon', 'Infinity', 'NaN'])('reads nothing from %j', (value) => {
    expect(parseRetryAfter(value, NOW)).toBeUndefined();
  });
});
