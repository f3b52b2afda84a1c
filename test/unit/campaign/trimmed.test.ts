import { parseResourceName } from '../../../nodes/shared/campaign/find/customResources';
import { unitReference } from '../../../nodes/shared/campaign/find/organizationalUnits';
import { profileByEmail, profileByKey } from '../../../nodes/shared/campaign/find/profiles';
import { trimmed } from '../../../nodes/shared/campaign/scalars';
import { parseKey, parseRecordUrl } from '../../../nodes/shared/campaign/urls';
import { clientOver, FakeTransport, INSTANCE, PROFILES } from '../support/campaign';
import { itemWith } from '../support/operation';

/** What comes along from a spreadsheet, a web page or a file, and cannot be seen. */
const UNSEEN = [' ', '\t', '\r\n', '\u00a0', '\ufeff', '\u200b', '\u200e', '\u2028', '\u202a', '\u2060', '\u00ad', ' \u200b\ufeff\n'];

describe('text that somebody copied', () => {
  it.each(UNSEEN)('is the same with %j around it, wherever it says which record is meant', (unseen) => {
    const around = (text: string) => `${unseen}${text}${unseen}`;
    const item = itemWith({
      text: around('a b'),
      chosen: { __rl: true, mode: 'name', value: around('a') },
      names: `${around('a')},${around('b')}`,
      choice: around('fail'),
      flag: around('true'),
      number: around('5'),
      day: around('2026-01-31'),
      json: around('{"a":1}'),
    });
    expect(item.text('text', 'Text')).toBe('a b');
    expect(item.locator('chosen', 'Chosen').value).toBe('a');
    expect(item.names('names', 'Names')).toEqual(['a', 'b']);
    expect(item.choice('choice', 'Choice', ['skip', 'fail'])).toBe('fail');
    expect(item.flag('flag', 'Flag')).toBe(true);
    expect(item.count('number', 'Number', 1)).toBe(5);
    expect(item.day('day', 'Day')).toBe('2026-01-31');
    expect(item.jsonObject('json', 'JSON', '')).toEqual({ a: 1 });
    expect(item.text('nothing', 'Nothing')).toBe('');
    expect(parseKey(around('WKF42'), 'Key')).toBe('WKF42');
    expect(parseResourceName(around('cusOrder'))).toBe('cusOrder');
    expect(parseRecordUrl(INSTANCE, { name: 'profile' }, around(`${PROFILES}/@a`), 'Profile').url).toBe(`${PROFILES}/@a`);
    expect(profileByEmail('profileAndServices', around('amy@mail.com'), 'Profile')).toMatchObject({ email: 'amy@mail.com' });
    expect(profileByKey(INSTANCE, 'profileAndServices', around('@a'), 'Profile')).toMatchObject({ url: `${PROFILES}/@a` });
    expect(unitReference(clientOver(new FakeTransport()), 'name', around('nordics'), 'Unit')).toEqual({ by: 'name', name: 'nordics' });
  });

  it.each([
    ['a\u200bb', 'a\u200bb'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['👩‍🚀', '👩‍🚀'],
    ['\u200b', ''],
    ['', ''],
  ])('keeps what is within it, and what can be seen: %j', (text, expected) => {
    expect(trimmed(text)).toBe(expected);
  });
});
