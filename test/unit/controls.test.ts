import { readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';

import { AdobeCampaign } from '../../nodes/AdobeCampaign/AdobeCampaign.node';
import { AdobeCampaignProfile } from '../../nodes/AdobeCampaignProfile/AdobeCampaignProfile.node';
import { AdobeCampaignProfileTrigger } from '../../nodes/AdobeCampaignProfileTrigger/AdobeCampaignProfileTrigger.node';
import { controlsOf, controlsWhileOpen, storedAfterEdit } from '../support/tables/controls';
import { CONTROL_TABLE, printControlTable } from '../support/tables/controlTable';

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

  const fieldsOf = (description: typeof profile, chosen: INodeParameters): string[] =>
    controlsOf(description, chosen).names.filter((name) => ['Profile', 'Fields', 'Context', 'Parameters'].includes(name));

  it.each<[string, INodeParameters, string[]]>([
    ['fields', { operation: 'update', fieldsFrom: 'json', options: { fieldsFrom: 'mapping' } }, ['Profile', 'Fields']],
    ['fields', { operation: 'update', fieldsFrom: 'json', options: { fieldsFrom: 'json' } }, ['Profile', 'Fields']],
    ['fields', { operation: 'upsert', fieldsFrom: 'json', options: { fieldsFrom: 'mapping' } }, ['Fields']],
    ['a record', { operation: 'update', identifyBy: 'matchingColumn', options: { identifyBy: 'profile' } }, ['Profile', 'Fields']],
    ['a record', { operation: 'update', fieldsFrom: 'json', options: { identifyBy: 'matchingColumn' } }, ['Profile', 'Fields']],
    ['a record', { operation: 'update', identifyBy: 'matchingColumn', options: { fieldsFrom: 'json' } }, ['Profile', 'Fields']],
  ])('asks once for %s, whatever an earlier version has stored beside the option: %j', (_, chosen, asked) => {
    expect(fieldsOf(profile, { resource: 'profile', ...chosen })).toEqual(asked);
    const { names } = controlsWhileOpen(profile, { resource: 'profile', ...chosen });
    expect(names.filter((name) => ['Profile', 'Fields'].includes(name))).toEqual(asked);
  });

  it('no longer has what stood where the option stands now, once the option is set', () => {
    const former = { resource: 'profile', operation: 'update', fieldsFrom: 'json', readBack: 'verify' };
    expect(storedAfterEdit(profile, former)).toMatchObject({ fieldsFrom: 'json', readBack: 'verify' });
    const edited = storedAfterEdit(profile, { ...former, options: { fieldsFrom: 'mapping' } });
    expect(edited).not.toHaveProperty('fieldsFrom');
    expect(edited).toMatchObject({ readBack: 'verify', options: { fieldsFrom: 'mapping' } });
  });

  it('of an event and of a signal in the same way', () => {
    const event = { resource: 'transactionalEvent', operation: 'send' };
    expect(fieldsOf(campaign, event)).toEqual(['Context']);
    expect(fieldsOf(campaign, { ...event, contextFrom: 'json' })).toEqual(['Context']);
    expect(fieldsOf(campaign, { ...event, contextFrom: 'json', options: { contextFrom: 'fields' } })).toEqual(['Context']);
    const signal = { resource: 'workflow', operation: 'triggerSignal' };
    expect(fieldsOf(campaign, { ...signal, options: { parametersFrom: 'json' } })).toEqual(['Parameters']);
  });

  it('before the fields of any operation is four things at the most, and the switch Preview', async () => {
    const rows = [...(await printControlTable()).matchAll(/^\| (\w[^|]+) \|[^|]*\|[^|]*\|[^|]*\| (\d*) \|/gm)];
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(([, , above = '']) => Number(above) > 4)).toEqual([]);
  });

  it('is told by docs/controls.md for every operation (npm run golden writes it)', async () => {
    expect(readFileSync(CONTROL_TABLE, 'utf8')).toBe(await printControlTable());
  });
});
