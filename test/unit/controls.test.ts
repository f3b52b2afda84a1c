import { AdobeCampaign } from '../../nodes/AdobeCampaign/AdobeCampaign.node';
import { AdobeCampaignProfile } from '../../nodes/AdobeCampaignProfile/AdobeCampaignProfile.node';
import { AdobeCampaignProfileTrigger } from '../../nodes/AdobeCampaignProfileTrigger/AdobeCampaignProfileTrigger.node';
import { controlsOf } from '../support/controls';

const profile = new AdobeCampaignProfile().description;
const campaign = new AdobeCampaign().description;

/** Of every operation that writes, the first thing below it, and off: a switch that nobody has to answer. */
const switchesOf = (operation: string): string[] => (['create', 'update', 'upsert', 'delete'].includes(operation) ? ['Preview'] : []);

describe('what somebody is asked', () => {
  it.each([
    ['get', ['Profile', 'Output', 'Options']],
    ['create', ['Fields', 'Output', 'Options']],
    ['update', ['Profile', 'Fields', 'Options']],
    ['upsert', ['Fields', 'Options']],
    ['delete', ['Profile', 'Options']],
    ['count', ['Filters', 'Options']],
  ])('of a profile: %s', (operation, asked) => {
    expect(controlsOf(profile, { resource: 'profile', operation }).names).toEqual([
      'Resource',
      'Operation',
      ...switchesOf(operation),
      ...asked,
    ]);
  });

  it.each([
    ['service', 'update', ['Service', 'Fields', 'Links', 'Options']],
    ['service', 'upsert', ['Fields', 'Links', 'Options']],
    ['customResource', 'get', ['Custom Resource', 'Record', 'Output', 'Options']],
    ['customResource', 'update', ['Custom Resource', 'Record', 'Fields', 'Links', 'Options']],
    ['customResource', 'upsert', ['Custom Resource', 'Fields', 'Links', 'Options']],
  ])('of a %s: %s', (resource, operation, asked) => {
    expect(controlsOf(campaign, { resource, operation }).names).toEqual(['Resource', 'Operation', ...switchesOf(operation), ...asked]);
  });

  it('of the trigger', () => {
    expect(controlsOf(new AdobeCampaignProfileTrigger().description, {}).names).toEqual(['Event', 'Filters', 'Output', 'Options']);
  });

  it.each([
    { description: profile, resource: 'profile' },
    { description: campaign, resource: 'service' },
    { description: campaign, resource: 'customResource' },
  ])('before the fields of a $resource is four things at the most, and the switch Preview', ({ description, resource }) => {
    for (const operation of ['create', 'update', 'upsert']) {
      expect(controlsOf(description, { resource, operation }).aboveFields - switchesOf(operation).length).toBeLessThanOrEqual(4);
    }
  });

  it('changes with what was chosen', () => {
    const update = { resource: 'profile', operation: 'update' };
    expect(controlsOf(profile, { ...update, options: { fieldsFrom: 'json' } }).names).toContain('Profile');
    expect(controlsOf(profile, { ...update, options: { identifyBy: 'matchingColumn' } }).names).not.toContain('Profile');
    expect(controlsOf(profile, { ...update, options: { readBack: 'return' } }).names).toContain('Output');
    expect(controlsOf(profile, { ...update, readBack: 'return' }).names).toContain('Output');
    const upsert = { resource: 'profile', operation: 'upsert', options: { matchOn: 'customFilter' } };
    expect(controlsOf(profile, upsert).names).toContain('Filter Name or ID');
  });
});
