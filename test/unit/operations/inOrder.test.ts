import { pause } from '../../../nodes/AdobeCampaign/workflow/pause';
import { stop } from '../../../nodes/AdobeCampaign/workflow/stop';
import { profile as profileResource } from '../../../nodes/AdobeCampaignProfile/profile';
import { json, PROFILES, text } from '../support/campaign';
import { CountingTransport, runTogether } from '../support/operation';

const remove = profileResource.operations.find(({ value }) => value === 'delete');

describe('what is done to one and the same record', () => {
  it.each([pause, stop])('is done one after the other: the command $value', async (operation) => {
    const transport = new CountingTransport(() => json({}));
    await runTogether(operation, transport, [{}, {}, {}], { workflowId: 'WKF42', options: {} });
    expect([transport.requests.length, transport.most]).toEqual([3, 1]);
  });

  it('is done at once where it is done to several', async () => {
    const transport = new CountingTransport(() => json({}));
    await runTogether(pause, transport, [{ id: 'WKF1' }, { id: 'WKF2' }], { workflowId: '={{$json.id}}', options: {} });
    expect(transport.most).toBe(2);
  });

  it('is done one after the other: Delete', async () => {
    if (!remove) throw new Error('There is no Delete');
    const transport = new CountingTransport(() => text('', 204));
    const profile = { __rl: true, mode: 'url', value: `${PROFILES}/@a` };
    await runTogether(remove, transport, [{}, {}], { api: 'profileAndServices', profile, options: {} });
    expect([transport.requests.length, transport.most]).toEqual([2, 1]);
  });
});
