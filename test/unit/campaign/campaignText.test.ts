import { campaignText } from '../../../nodes/shared/campaign/campaignText';
import { refusal } from '../../../nodes/shared/campaign/refusals';
import { PROFILES } from '../support/campaign';

/** Texts on which a pattern that looks at every letter more than once takes minutes. */
const HARD: ReadonlyArray<readonly [string, string]> = [
  ['beginnings of tokens', 'eyJ-'.repeat(500_000)],
  ['a token without an end', `eyJ${'a'.repeat(2_000_000)}`],
  ['blanks', ' '.repeat(2_000_000)],
  ['line breaks', '\r\n'.repeat(1_000_000)],
  ['words before a token', 'Bearer '.repeat(300_000)],
  ['codes', 'RST-'.repeat(500_000)],
  ['digits of a code', `RST-${'1'.repeat(2_000_000)}`],
];

describe('B8: an error text of megabytes', () => {
  it.each(HARD)('of %s is cut before it is looked at', (_, text) => {
    for (const body of [text, JSON.stringify({ message: text })]) {
      expect(campaignText(body).length).toBeLessThanOrEqual(600);
      const answer = { status: 400, headers: {}, body, attempts: 1, isUncertain: false };
      expect(refusal({ method: 'GET', url: PROFILES }, answer, { subject: 'profile' }).message.length).toBeLessThan(800);
    }
  });

  it('shows no token, be it the last thing before the cut', () => {
    const token = `eyJ${'a'.repeat(40)}.${'b'.repeat(40)}.${'c'.repeat(40)}`;
    expect(campaignText(`${'x '.repeat(290)}${token} ${'y'.repeat(100_000)}`)).not.toContain('eyJ');
  });
});
