import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Dialect } from '../simulator';
import { startCampaign, STEP, type Campaign } from '../support/campaign';
import { EVERY_OPERATION } from '../support/everyOperation';
import { keptPreviewPage, printPreviewPage, type PreviewRow } from '../support/tables/previewTable';
import { registeredOperations, type Registered } from '../support/registry';
import { automaticUpdateParameters, campaignStep, chain, locator, profileStep, updateParameters } from '../support/workflows';

const REGISTRY = registeredOperations();
const WRITING = REGISTRY.filter(({ operation }) => operation.writes);
const READING = REGISTRY.filter(({ operation }) => !operation.writes);

const AMY = 'amy.dakota@mail.com';
/** What the tests below have seen, as docs/preview.md tells it. */
const SEEN: PreviewRow[] = [];
const automatic = (more: INodeParameters = {}): INodeParameters => ({
  operation: 'upsert',
  preview: true,
  fields: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['email'], schema: [] },
  ...more,
});

describe.each<Dialect>(['v8', 'acs'])('Preview, against Campaign %s', (dialect) => {
  let campaign: Campaign;
  beforeEach(async () => {
    campaign = await startCampaign({ dialect, settings: { freshKeys: true } });
  });
  afterEach(async () => await campaign.close());

  const usageOf = ({ name }: Registered) => {
    const usage = EVERY_OPERATION[name];
    if (!usage) throw new Error(`test/support/everyOperation.ts has nothing about '${name}'`);
    return usage;
  };
  const run = async (registered: Registered, more: INodeParameters = {}) => {
    const { parameters, input } = usageOf(registered);
    const { node, resource, operation } = registered;
    const makeStep = node === 'adobeCampaign' ? campaignStep(resource.value) : profileStep;
    const step = makeStep(STEP, { ...parameters, resource: resource.value, operation: operation.value, ...more });
    return await campaign.engine.run(chain(step), input ? [...input] : undefined);
  };
  /** What arrived besides GET and requests for a token. */
  const writes = (): string[] =>
    campaign.simulator.stats.received
      .filter(({ method, api }) => method !== 'GET' && api !== 'ims')
      .map(({ method, path }) => `${method} ${path}`);

  it.each(WRITING)('writes nothing: $name', async (registered) => {
    const { prepare, acsOnly } = usageOf(registered);
    prepare?.(campaign.simulator);
    campaign.simulator.resetStats();

    const preview = await run(registered, { preview: true });
    expect(writes()).toEqual([]);
    expect(campaign.simulator.stats.writesApplied).toBe(0);
    if (acsOnly === true && dialect === 'v8') {
      expect(preview.error?.message).toMatch(/for Campaign Standard only/);
      return;
    }
    expect(preview.error).toBeUndefined();
    expect(preview.json(STEP)).toMatchObject([{ outcome: expect.stringMatching(/^would[A-Z]/) }]);
    const hint = preview.hints(STEP).find((text) => /^Preview: 1 would be \w+; nothing was written$/.test(text));
    expect(hint).toBeDefined();
    const written = writes().length;

    // The same without the switch does write: the test would see it.
    expect((await run(registered)).error).toBeUndefined();
    expect(writes().length).toBeGreaterThan(0);
    const [planned] = preview.json(STEP);
    SEEN.push({
      operation: `${registered.resource.name}: ${registered.operation.name}`,
      outcome: String(planned?.outcome),
      fields: Array.isArray(planned?.changes) ? planned.changes.length : undefined,
      hint: hint ?? 'nothing',
      writes: written,
      writesWithout: writes().length,
    });
  });

  it.each(READING)('has no switch where nothing is written: $name', async (registered) => {
    const { error } = await run(registered);
    expect(writes().filter((write) => !write.endsWith('/dataFile'))).toEqual([]);
    const { acsOnly, isMissing } = usageOf(registered);
    if (isMissing !== true && !(acsOnly === true && dialect === 'v8')) expect(error).toBeUndefined();
    const { properties } = campaign.engine.nodeType(registered.node).description;
    const switches = properties.filter(
      ({ name, displayOptions }) => name === 'preview' && displayOptions?.show?.resource?.includes(registered.resource.value),
    );
    expect(switches.some(({ displayOptions }) => displayOptions?.show?.operation?.includes(registered.operation.value))).toBe(false);
  });

  it('shows every field that would change, and none that would not', async () => {
    const [planned] = await campaign.outputOf(
      updateParameters(locator('email', AMY), { phone: '3301020304', lastName: 'Dakota', gender: 'Female' }, { preview: true }),
    );
    expect(planned).toEqual({
      outcome: 'wouldUpdate',
      email: AMY,
      phone: '3301020304',
      lastName: 'Dakota',
      gender: 'female',
      PKey: expect.any(String),
      href: expect.stringContaining('/profileAndServices/profile/@'),
      changes: [{ field: 'phone', before: '', after: '3301020304' }],
    });
  });

  it('says of a record that is as wanted that it is unchanged', async () => {
    const result = await campaign.runStep(updateParameters(locator('email', AMY), { lastName: 'Dakota' }, { preview: true }));
    expect(result.json(STEP)).toMatchObject([{ outcome: 'unchanged', changes: [] }]);
    expect(result.hints(STEP)).toContain('Preview: 1 unchanged; nothing was written');
  });

  it('counts what a run would do, failures included', async () => {
    const input = [
      { email: AMY, phone: '1' },
      { email: 'new@mail.com', firstName: 'New' },
      { email: '', firstName: 'Nobody' },
      { email: AMY, lastName: 'Dakota' },
    ];
    const result = await campaign.runStep(automatic(), input, { onError: 'continueRegularOutput' });

    expect(result.json(STEP).map(({ outcome, error }) => outcome ?? error)).toEqual([
      'wouldUpdate',
      'wouldCreate',
      "'email' is empty",
      'unchanged',
    ]);
    expect(result.hints(STEP)[0]).toBe('Preview: 1 would be updated, 1 created, 1 unchanged, 1 fail; nothing was written');
    expect(writes()).toEqual([]);
  });

  it('takes the second row of a new person for an update of the first, and the real run does the same', async () => {
    const input: IDataObject[] = [
      { email: 'new@mail.com', firstName: 'New', phone: '1' },
      { email: 'NEW@mail.com', phone: '2' },
      { email: 'new@mail.com', phone: '2' },
    ];
    const planned = await campaign.outputOf(automatic(), input);
    expect(planned.map(({ outcome, changes }) => [outcome, changes])).toEqual([
      ['wouldCreate', expect.arrayContaining([{ field: 'email', before: null, after: 'new@mail.com' }])],
      ['wouldUpdate', [{ field: 'phone', before: '1', after: '2' }]],
      ['unchanged', []],
    ]);
    expect(planned.every((item) => !('href' in item) && !('PKey' in item))).toBe(true);

    const made = await campaign.outputOf(automatic({ preview: false }), input);
    expect(made.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'unchanged']);
  });

  it('takes a later row of the same person for a change of what the earlier one would leave', async () => {
    const planned = await campaign.outputOf(automatic(), [
      { email: AMY, phone: '1' },
      { email: AMY, phone: '2' },
    ]);
    expect(planned.map(({ changes }) => changes)).toEqual([
      [{ field: 'phone', before: '', after: '1' }],
      [{ field: 'phone', before: '1', after: '2' }],
    ]);
  });

  it('deletes, subscribes and unsubscribes once, as a run would', async () => {
    const [once, twice] = [{}, {}];
    const removal = await campaign.runStep(
      { operation: 'delete', preview: true, profile: locator('email', AMY), options: { notFound: 'returnNothing' } },
      [once, twice],
    );
    expect(removal.json(STEP)).toMatchObject([
      { outcome: 'wouldDelete', email: AMY, changes: expect.arrayContaining([{ field: 'firstName', before: 'Amy', after: null }]) },
    ]);
    const service = { __rl: true, mode: 'name', value: 'weekly_offers' };
    const outcomes = async (operation: string) =>
      (
        await campaign.outputOf({ resource: 'subscription', operation, preview: true, profile: locator('email', AMY), service }, [
          once,
          twice,
        ])
      ).map(({ outcome }) => outcome);
    expect(await outcomes('subscribe')).toEqual(['wouldSubscribe', 'unchanged']);
    expect(await outcomes('unsubscribe')).toEqual(['unchanged', 'unchanged']);
    expect(writes()).toEqual([]);
  });

  it('returns the record as it would be where it is to be read back, and asks for nothing to verify', async () => {
    const [planned] = await campaign.outputOf(
      updateParameters(locator('email', AMY), { phone: '5' }, { preview: true, readBack: 'verify' }),
    );
    expect(planned).toMatchObject({ outcome: 'wouldUpdate', firstName: 'Amy', phone: '5' });
    expect(campaign.simulator.profiles.byEmail(AMY)[0]?.phone).toBe('');
  });

  it('refuses an item that asks for something else than the first, before anything is sent for it', async () => {
    const input: IDataObject[] = [
      { email: AMY, phone: '1', look: true },
      { email: AMY, phone: '2', look: false },
    ];
    const update = automaticUpdateParameters('email', { preview: '={{ $json.look }}', options: { unknownColumns: 'leaveOut' } });
    const planned = await campaign.runStep(update, input, { onError: 'continueRegularOutput' });
    expect(planned.json(STEP)).toMatchObject([
      { outcome: 'wouldUpdate' },
      { error: "'Preview' is off for this item, but on for the first one" },
    ]);
    expect(writes()).toEqual([]);

    const made = await campaign.runStep(update, [...input].reverse(), { onError: 'continueRegularOutput' });
    expect(made.json(STEP)).toMatchObject([
      { href: expect.any(String) },
      { error: "'Preview' is on for this item, but off for the first one" },
    ]);
    expect(campaign.simulator.profiles.byEmail(AMY)[0]?.phone).toBe('2');
  });

  it.each([
    ['=', "'Preview' is empty"],
    ['={{ $json.nothing }}', "'Preview' is"],
    ['perhaps', "'Preview' is 'perhaps'"],
  ])('does not take %j for off', async (preview, message) => {
    const { error } = await campaign.runStep(updateParameters(locator('email', AMY), { phone: '1' }, { preview }));
    expect(error?.message).toContain(message);
    expect(writes()).toEqual([]);
  });

  it('says so on the canvas', () => {
    const { subtitle = '' } = campaign.engine.nodeType('adobeCampaignProfile').description;
    expect(subtitle).toContain('$parameter["preview"]');
    expect(subtitle).toContain('"profile update":"Preview: update profile"');
    expect(subtitle).not.toContain('Preview: get profile');
  });

  it('checks signals and events as a run would', async () => {
    const signal = (more: INodeParameters) =>
      campaignStep('workflow')(STEP, { operation: 'triggerSignal', preview: true, workflowId: 'WKF42', activity: 'signal1', ...more });
    const planned = await campaign.engine.run(chain(signal({ options: { source: 'shop' } })), [{}, {}]);
    expect(planned.error?.message).toMatch(/Campaign takes another signal 'signal1'/);
    const [first] = (await campaign.engine.run(chain(signal({ options: { source: 'shop' } })))).json(STEP);
    expect(first).toMatchObject({ outcome: 'wouldTrigger', id: 'WKF42', activity: 'signal1', source: 'shop', parameters: {} });
    const wrong = await campaign.engine.run(chain(signal({ activity: 'load' })));
    expect(wrong.error?.message).toContain("Activity 'load' of workflow 'WKF42' is not a signal");
    const nobody = campaignStep('transactionalEvent')(STEP, { operation: 'send', preview: true, eventId: 'EVTcart' });
    expect((await campaign.engine.run(chain(nobody))).error?.message).toContain('The event has no address');
    expect(writes()).toEqual([]);
  });
});

it('is told by docs/preview.md as it was seen (PAGES=1 writes it)', () => {
  const seen = printPreviewPage(SEEN);
  expect(keptPreviewPage(seen)).toBe(seen);
  expect(new Set(SEEN.map(({ operation }) => operation)).size).toBe(WRITING.length);
  expect(SEEN.every(({ writes }) => writes === 0)).toBe(true);
});

it('is tried with every operation that there is', () => {
  expect(Object.keys(EVERY_OPERATION).sort()).toEqual(REGISTRY.map(({ name }) => name).sort());
});
