import type { IDataObject } from 'n8n-workflow';

import { nextChanges, startNow, type PollRules } from '../../../nodes/AdobeCampaignProfileTrigger/changes/nextChanges';
import { packProgress, unpackProgress, type Progress } from '../../../nodes/AdobeCampaignProfileTrigger/changes/progress';
import type { Feed } from '../../../nodes/AdobeCampaignProfileTrigger/changes/reading';
import { invalidInput } from '../../../nodes/shared/campaign/error';
import { refusalOf } from '../support/errors';

const START = Date.UTC(2026, 0, 15, 9);
const RULES: PollRules = { timeField: 'lastModified', accepts: () => true, limit: 1000, overlap: 60_000, timeSpent: () => 0 };
const FLOOR = { time: START, fingerprint: '' };

/** One page of profiles; any other address is none of this list. */
function feedOf(content: readonly IDataObject[]): Feed {
  return {
    isSorted: true,
    list: 'list',
    async *pages(start) {
      if (start !== undefined) throw invalidInput('The address leads elsewhere', 'Nothing was sent.');
      yield { content };
    },
  };
}

const changedAt = (milliseconds: number): IDataObject => ({
  PKey: '@a',
  email: 'a@mail.com',
  lastModified: new Date(milliseconds).toISOString(),
});

describe('a state that n8n has kept', () => {
  const sound: Progress = { floor: FLOOR, seen: [{ time: START + 1, fingerprint: 'x' }], resume: { addresses: ['a'], list: 'list' } };

  it('is read as it was', () => {
    expect(unpackProgress(JSON.parse(JSON.stringify(packProgress(sound))))).toEqual(sound);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', '{"floor":{}}'],
    ['a list', [1]],
    ['an empty object', {}],
    ['no floor', { seen: {} }],
    ['a floor of text', { floor: 'now', seen: {} }],
    ['a floor without a time', { floor: { fingerprint: '' }, seen: {} }],
    ['a floor whose time is text', { floor: { time: '1768467600000', fingerprint: '' }, seen: {} }],
    ['a floor whose time is no number', { floor: { time: NaN, fingerprint: '' }, seen: {} }],
    ['no versions', { floor: FLOOR }],
    ['versions of a time that is none', { floor: FLOOR, seen: { soon: 'x' } }],
  ])('is none where it is %s: the trigger begins anew', (_, stored) => {
    expect(unpackProgress(stored)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'page'],
    ['no list', { addresses: ['a'] }],
    ['addresses that are none', { addresses: 'a', list: 'list' }],
  ])('may have %s in place of the pages to go on with', (_, resume) => {
    expect(unpackProgress({ floor: FLOOR, seen: {}, resume })).toMatchObject({ floor: FLOOR, resume: undefined });
  });

  it('may lead to pages that are of another place: the list is read from its beginning', async () => {
    const progress: Progress = { floor: FLOOR, seen: [], resume: { addresses: ['https://elsewhere.example/page'], list: 'list' } };
    const { versions, progress: next } = await nextChanges(progress, feedOf([changedAt(START + 5)]), RULES);
    expect(versions).toHaveLength(1);
    expect(next.resume).toBeUndefined();
  });
});

describe('profiles that do not say when they changed', () => {
  const timeless = { PKey: '@t', email: 't@mail.com' };

  it.each<[string, IDataObject]>([
    ['no time', timeless],
    ['a blank time', { ...timeless, lastModified: '' }],
    ['a time that is null', { ...timeless, lastModified: null }],
    ['a time that is a number', { ...timeless, lastModified: 7 }],
    ['a time that is no time', { ...timeless, lastModified: 'yesterday' }],
  ])('are told as such where there are no others, with %s: nothing would ever start the workflow', async (_, record) => {
    const feed = feedOf([record]);
    expect((await refusalOf(startNow(feed, RULES))).message).toContain("without 'lastModified'");
    expect((await refusalOf(nextChanges({ floor: FLOOR, seen: [] }, feed, RULES))).message).toContain("without 'lastModified'");
  });

  it('do not hide the others, wherever Campaign puts them', async () => {
    for (const content of [
      [timeless, changedAt(START + 5)],
      [changedAt(START + 5), timeless],
    ]) {
      expect((await nextChanges({ floor: FLOOR, seen: [] }, feedOf(content), RULES)).versions).toHaveLength(1);
    }
  });

  it('are not missed where there is nobody', async () => {
    expect((await nextChanges({ floor: FLOOR, seen: [] }, feedOf([]), RULES)).versions).toEqual([]);
  });
});
