import { accessHeaders, checkAccess } from '../../../../nodes/shared/campaign/access/accessHeaders';
import { refusalBy } from '../../support/errors';

const INVISIBLE = ['\n', '\r\n', ' ', '\t', '\ufeff', '\u200b', '\u2060', '\u00a0', '\u00ad', '\u200b\n\ufeff'];

describe('B15: values of the credential', () => {
  it.each(INVISIBLE)('lose %j around them', (around) => {
    const headers = accessHeaders({
      authentication: 'accessToken',
      apiKey: `${around}key${around}`,
      bearerToken: `${around}Bearer ${around}abc${around}`,
    });
    expect(headers).toEqual({ Authorization: 'Bearer abc', 'X-Api-Key': 'key' });
  });

  it.each(['"abc"', "'abc'", 'Authorization: Bearer abc', '"Bearer abc"', ' " abc " '])('lose what was copied along: %j', (bearerToken) => {
    const credential = { authentication: 'accessToken', apiKey: '"key"', bearerToken };
    expect(() => checkAccess(credential)).not.toThrow();
    expect(accessHeaders(credential)).toEqual({ Authorization: 'Bearer abc', 'X-Api-Key': 'key' });
  });

  it.each([
    ['API Key (Client ID)', { apiKey: 'ab\ncd' }, 'a line break at position 3'],
    ['API Key (Client ID)', { apiKey: 'ab\u200bcd' }, 'U+200B at position 3'],
    ['Access Token', { authentication: 'accessToken', apiKey: 'k', bearerToken: 'Bearer abé' }, 'U+00E9 at position 3'],
    ['Access Token', { authentication: 'accessToken', apiKey: 'k', bearerToken: 'abc def' }, 'a blank at position 4'],
  ])("'%s' is refused by name where it cannot be in a header", (field, credential, what) => {
    const { message, reason } = refusalBy(() => checkAccess(credential));
    expect(reason).toBe('invalidInput');
    expect(message).toContain(`'${field}'`);
    expect(message).toContain(what);
    expect(message).not.toContain('abc');
  });

  it('that are missing are left to the gateway, which names them', () => {
    expect(() => checkAccess({})).not.toThrow();
  });
});
