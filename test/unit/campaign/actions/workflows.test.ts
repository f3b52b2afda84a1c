import { Poller } from '../../../../nodes/shared/campaign/actions/poller';
import { commandWorkflow, parseWorkflowId } from '../../../../nodes/shared/campaign/actions/workflows';
import { TransportError } from '../../../../nodes/shared/transport/transport';
import { clientOver, FakeTransport, json, ROOT, text, type Reply } from '../../support/campaign';
import { FakeClock } from '../../support/clock';
import { detailsOf, refusalBy, refusalOf, rejectionOf } from '../../support/errors';

const ADDRESS = `${ROOT}/workflow/execution/WKF42`;
const PATIENCE = { deadlineMilliseconds: 10_000, intervalMilliseconds: 5_000 };
const state = (name: string | undefined) => json({ PKey: '@a', state: name });
const LOST = new TransportError('interrupted', 'ECONNRESET');

function over(...replies: Reply[]) {
  const transport = new FakeTransport(...replies);
  const clock = new FakeClock();
  const stop = async (patience?: typeof PATIENCE) =>
    await commandWorkflow(clientOver(transport), new Poller(clock), { id: 'WKF42', command: 'stop' }, patience);
  return { transport, clock, stop };
}

describe('a command', () => {
  it('is not waited for unless that is wanted', async () => {
    const { stop, transport } = over(json({}));

    expect(await stop()).toEqual({});
    expect(transport.requests).toEqual([{ method: 'POST', url: `${ADDRESS}/commands`, body: '{"method":"stop"}' }]);
  });

  it('is waited for', async () => {
    const { stop, clock } = over(json({}), state('started'), state('stopping'), state('stopped'));

    expect(await stop(PATIENCE)).toEqual({ state: 'stopped' });
    expect(clock.waits).toEqual([5_000, 5_000]);
  });

  it.each([
    ['stopping', "but 'stopping'"],
    [undefined, 'but in a state that Campaign does not tell'],
  ])('that is not carried out in time tells the state %j', async (last, words) => {
    const { stop } = over(json({}), state('started'), state(last), state(last));

    expect(await refusalOf(stop(PATIENCE))).toMatchObject({
      reason: 'deadlinePassed',
      message: expect.stringContaining(words),
      facts: { id: 'WKF42', command: 'stop', state: last },
    });
  });

  it.each<[string, Reply]>([
    ['lost', LOST],
    ['text', text('Done, or not.')],
    ['an HTML page', text('<html>Sign in</html>')],
    ['foreign JSON', json({ hello: ['world'] })],
  ])('whose answer is %s is looked up, once when there is no waiting', async (_, answer) => {
    expect(await over(answer, state('stopped')).stop()).toEqual({ state: 'stopped' });

    const { stop, transport } = over(answer, state('started'));
    expect(await refusalOf(stop())).toMatchObject({
      reason: 'outcomeUnknown',
      description: expect.stringMatching(/^Its state is 'started' now/),
      facts: { state: 'started' },
    });
    expect(transport.log).toEqual([`POST ${ADDRESS}/commands`, `GET ${ADDRESS}`]);
  });

  it('E9: that Campaign refuses because it is so already is no failure', async () => {
    const no = text('An error has occurred - please contact your administrator.', 500);
    expect(await over(no, state('stopped')).stop()).toEqual({ outcome: 'unchanged', state: 'stopped' });
    expect(await refusalOf(over(no, state('failed')).stop())).toMatchObject({ reason: 'rejected', facts: { state: 'failed' } });
  });

  it('stays in doubt when the state cannot be read either', async () => {
    const { stop } = over(LOST, text('', 500));

    expect(await refusalOf(stop())).toMatchObject({
      reason: 'outcomeUnknown',
      description: expect.stringMatching(/^Its state could not be read\./),
    });
  });

  it('that was accepted is not to be sent again because its state cannot be read, and what no other item can escape is told', async () => {
    const { stop } = over(json({}), json({ error_code: '401013', message: 'Oauth token is not valid' }, 401));
    const error = await rejectionOf(stop(PATIENCE));

    expect(detailsOf(error)).toMatchObject({
      reason: 'outcomeUnknown',
      everyItem: false,
      message: expect.stringContaining("Campaign accepted 'stop'"),
    });
    expect(error).toHaveProperty('cause.details', expect.objectContaining({ reason: 'unauthorized', everyItem: true }));
  });
});

describe('parseWorkflowId', () => {
  it('takes an ID without blanks around it', () => {
    expect(parseWorkflowId(' WKF42\n')).toBe('WKF42');
  });

  it.each(['', 'a/b', '..', 'a?b', undefined])('refuses %j', (value) => {
    const { message, description } = refusalBy(() => parseWorkflowId(value));

    expect(message).toMatch(/^'Workflow ID' /);
    expect(description).not.toContain('By URL');
  });
});
