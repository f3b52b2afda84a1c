import type { IDataObject } from 'n8n-workflow';

import { Item, Run } from '../../../../nodes/shared/execution/item';
import { Row } from '../../../../nodes/shared/execution/parameters';
import { profileKind } from '../../../../nodes/AdobeCampaignProfile/profile/kind';
import { readService } from '../../../../nodes/shared/ui/service/serviceLocator';
import { describeSubscription, readSubscriptionOutput } from '../../../../nodes/shared/ui/service/subscriptionOutput';
import { readGivenFields } from '../../../../nodes/shared/ui/record/givenFields';
import { readUpsertFields } from '../../../../nodes/shared/ui/record/upsertFields';
import { EXTENDED_PROFILES, INSTANCE } from '../../support/campaign';
import { fakeContext } from '../../support/context';
import { refusalBy } from '../../support/errors';

const itemWith = (parameters: IDataObject) => new Item(new Run(fakeContext({ parameters }).context), 0, {});
const RESOURCE = { api: 'profileAndServicesExt', name: 'profile' } as const;
const byJson = (matchField: unknown, fields: IDataObject, more: IDataObject = {}) => {
  const item = itemWith({ fieldsFrom: 'json', matchField: matchField as string, fieldsJson: fields, ...more });
  return readUpsertFields(profileKind, item, { instance: INSTANCE, resource: RESOURCE, given: readGivenFields(item) });
};

describe('readUpsertFields', () => {
  it('looks for what it writes', () => {
    expect(byJson(' email ', { email: ' a@b.c ', phone: ' 1 ' })).toMatchObject({
      match: { by: 'email', email: 'a@b.c' },
      matchingColumn: 'email',
      values: { email: 'a@b.c', phone: ' 1 ' },
    });
    expect(byJson('cusId', { cusId: 7 }).match).toMatchObject({ by: 'address', url: `${EXTENDED_PROFILES}/7` });
  });

  it.each(['PKey', 'phone', 'Email', '', null])('does not match on %j, which would create anew every time', (field) => {
    expect(refusalBy(() => byJson(field, { PKey: '@a', phone: '1', Email: 'a@b.c' })).reason).toBe('invalidInput');
  });

  it('takes a filter instead, with fields but no column', () => {
    const given = byJson('email', { phone: '1' }, { matchOn: 'customFilter', matchFilter: 'byMood', options: { emptyValues: 'leaveOut' } });

    expect(given).toMatchObject({ match: { kind: 'named', name: 'byMood' }, rules: { emptyValues: 'leaveOut' } });
    expect(given.matchingColumn).toBeUndefined();
  });
});

describe('readService', () => {
  const parse = (service: unknown) =>
    readService(new Row('service', { service } as IDataObject, { isTool: false, zone: 'utc' }), INSTANCE, 'profileAndServices');

  it('takes a name alone, as an expression or an AI model may give it', () => {
    expect(parse('weekly').shown).toBe("name 'weekly'");
  });

  it.each(['', null, undefined])('says that none is chosen: %j', (value) => {
    expect(refusalBy(() => parse({ mode: 'list', value })).message).toBe("No 'Service' is chosen");
  });
});

describe('a subscription', () => {
  it('is flat, with what is known of it', () => {
    const subscription = { PKey: '@x', service: { name: 'weekly', href: 's' }, subscriber: null, created: 'now', title: 'long' };

    expect(readSubscriptionOutput(itemWith({ simplify: true }))(subscription)).toEqual({
      serviceName: 'weekly',
      created: 'now',
      serviceHref: 's',
      PKey: '@x',
    });
    expect(readSubscriptionOutput(itemWith({ simplify: false }))(subscription)).toBe(subscription);
  });

  it('has no key of its own once it is gone', () => {
    expect(describeSubscription('unsubscribed', { email: 'a@b.c', PKey: '@p' }, { name: 'weekly', PKey: '@s' })).toEqual({
      outcome: 'unsubscribed',
      serviceName: 'weekly',
      email: 'a@b.c',
    });
  });
});
