import { SignalMemory, SIGNAL_SPACING_MS, sendSignal } from '../../../../nodes/shared/campaign/actions/signals';
import { clientOver, FakeTransport, json, ROOT, text, type Reply } from '../../support/campaign';
import { FakeClock } from '../../support/clock';
import { refusalOf } from '../../support/errors';

const SIGNAL = { workflowId: 'WKF42', activity: 'signal1', source: 'API', parameters: { audience: 'vip' }, zone: 'utc' };
const TRIGGER = `${ROOT}/workflow/execution/@a/activities/activity/@b/trigger/`;
const WORKFLOW = json({
  PKey: '@a',
  state: 'started',
  activities: { activity: { signal1: { trigger: { href: TRIGGER } }, signal2: { trigger: { href: TRIGGER } } } },
});
const TOO_SOON = text('Not now.');
const LOOK_AND_SEND = [`GET ${ROOT}/workflow/execution/WKF42`, `POST ${TRIGGER}`];

function prepare(...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  const clock = new FakeClock();
  const memory = new SignalMemory();
  const send = async (whenTooSoon: 'fail' | 'wait', more: Partial<typeof SIGNAL> = {}) =>
    await sendSignal(clientOver(transport), { ...SIGNAL, ...more }, { clock, whenTooSoon, known: memory });
  return { transport, clock, memory, send };
}

describe('a signal', () => {
  it('is sent to the address that Campaign gives out, and may be sent again ten minutes after its answer', async () => {
    const { transport, clock, send } = prepare(WORKFLOW, json({}));

    expect(await send('fail')).toBe(clock.now() + SIGNAL_SPACING_MS);
    expect(transport.log).toEqual(LOOK_AND_SEND);
    expect(transport.requests[1]?.body).toBe('{"source":"API","parameters":{"audience":"vip"}}');
  });

  it('is not sent again within ten minutes', async () => {
    const { transport, clock, send } = prepare(WORKFLOW, json({}), WORKFLOW, json({}));
    const next = await send('fail');

    clock.advance(SIGNAL_SPACING_MS - 1);
    expect(await refusalOf(send('fail'))).toMatchObject({ reason: 'tooSoon', facts: { nextTrigger: new Date(next).toISOString() } });
    expect(transport.requests).toHaveLength(2);

    clock.advance(1);
    expect(await send('fail')).toBe(next + SIGNAL_SPACING_MS);
  });

  it('is sent again as soon as that is possible, if waiting is wanted', async () => {
    const { transport, clock, send } = prepare(WORKFLOW, json({}), WORKFLOW, json({}));
    await send('wait');
    clock.advance(60_000);
    await send('wait');

    expect(clock.waits).toEqual([SIGNAL_SPACING_MS - 60_000]);
    expect(transport.log).toEqual([...LOOK_AND_SEND, ...LOOK_AND_SEND]);
  });

  it.each(['paused', 'finished', 'stopped', 'editing'])('is not sent to a workflow that is %s', async (state) => {
    const { transport, send } = prepare(json({ PKey: '@a', state, activities: { activity: { signal1: { trigger: { href: TRIGGER } } } } }));
    expect(await refusalOf(send('fail'))).toMatchObject({ reason: 'notRunning', facts: { state } });
    expect(transport.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is measured in bytes, and not sent when it has too many', async () => {
    const { transport, send } = prepare(WORKFLOW, json({}));
    expect((await refusalOf(send('fail', { parameters: { audience: 'é'.repeat(40 * 1024) } }))).reason).toBe('invalidInput');
    expect(transport.requests).toEqual([]);
  });

  it('does not stand in the way of other activities and workflows', async () => {
    const { clock, send } = prepare(WORKFLOW, json({}), WORKFLOW, json({}), WORKFLOW, json({}));
    for (const more of [{}, { activity: 'signal2' }, { workflowId: 'WKF43' }]) await send('wait', more);

    expect(clock.waits).toEqual([]);
  });

  it('that Campaign refuses can be sent again when the ten minutes of the unknown other one are over for certain', async () => {
    const { transport, clock, send } = prepare(WORKFLOW, TOO_SOON, WORKFLOW, json({}));
    await send('wait');

    expect(clock.waits).toEqual([SIGNAL_SPACING_MS]);
    expect(transport.log).toEqual([...LOOK_AND_SEND, ...LOOK_AND_SEND]);
  });

  it('fails when somebody else is first again and again', async () => {
    const { clock, send } = prepare(WORKFLOW, TOO_SOON, WORKFLOW, TOO_SOON);

    expect(await refusalOf(send('wait'))).toMatchObject({ reason: 'tooSoon', facts: { answer: 'Not now.' } });
    expect(clock.waits).toEqual([SIGNAL_SPACING_MS]);
  });

  it("that was refused does not keep the next one from being asked for: somebody else's ten minutes may be over before", async () => {
    const { clock, send } = prepare(WORKFLOW, TOO_SOON, WORKFLOW, json({}));
    await refusalOf(send('fail'));
    clock.advance(60_000);

    expect(await send('fail')).toBe(clock.now() + SIGNAL_SPACING_MS);
  });

  it('finds the workflow stopped after a wait', async () => {
    const stopped = json({ PKey: '@a', state: 'stopped', activities: {} });
    const { send } = prepare(WORKFLOW, json({}), stopped);
    await send('fail');

    expect(await refusalOf(send('wait'))).toMatchObject({ reason: 'notRunning', facts: { state: 'stopped' } });
  });

  it('of exactly 64 KB is sent', async () => {
    const envelope = JSON.stringify({ source: 'API', parameters: { audience: '' } }).length;
    const { send } = prepare(WORKFLOW, json({}));

    expect(await refusalOf(send('fail', { parameters: { audience: 'a'.repeat(64 * 1024 - envelope + 1) } }))).toMatchObject({
      reason: 'invalidInput',
    });
    expect(await send('fail', { parameters: { audience: 'a'.repeat(64 * 1024 - envelope) } })).toBeGreaterThan(0);
  });

  it.each([
    ['no activities', { PKey: '@a', state: 'started' }, /has no activity 'signal1'/, 'It has no external signal activity.'],
    [
      'an activity that is nothing',
      { PKey: '@a', activities: { activity: { signal1: null } } },
      /'signal1' of workflow 'WKF42' is not a signal/,
      'It has no external signal activity.',
    ],
  ])('is not sent to a workflow with %s', async (_, workflow, message, description) => {
    const { send } = prepare(json(workflow));

    expect(await refusalOf(send('fail'))).toMatchObject({ reason: 'notFound', message: expect.stringMatching(message), description });
  });
});

describe('the memory of signals', () => {
  it('forgets what is over', () => {
    const memory = new SignalMemory();
    expect(memory.nextTrigger('a', 0)).toBeUndefined();
    expect(memory.remember('a', 0)).toBe(SIGNAL_SPACING_MS);
    expect(memory.nextTrigger('a', SIGNAL_SPACING_MS - 1)).toBe(SIGNAL_SPACING_MS);
    expect(memory.nextTrigger('a', SIGNAL_SPACING_MS)).toBeUndefined();
    memory.remember('b', SIGNAL_SPACING_MS);
    expect(memory.nextTrigger('a', 1)).toBeUndefined();
  });
});
