import { Gate } from '../../../nodes/shared/transport/pace/gate';
import { LONGEST_RETRY_AFTER_MS, MAX_ATTEMPTS, MAX_ATTEMPTS_WHEN_LIMITED, Requester } from '../../../nodes/shared/transport/requester';
import { TransportError, type CampaignRequest, type Transport, type TransportFailure } from '../../../nodes/shared/transport/transport';
import { FakeTransport, json, PROFILES, text, type Reply } from '../support/campaign';
import { rejectionOf } from '../support/errors';

const GET: CampaignRequest = { method: 'GET', url: `${PROFILES}/@a` };
const PATCH: CampaignRequest = { method: 'PATCH', url: `${PROFILES}/@a`, body: '{"phone":"1"}' };
const DELETE: CampaignRequest = { method: 'DELETE', url: `${PROFILES}/@a` };
const POST: CampaignRequest = { method: 'POST', url: PROFILES, body: '{"email":"amy@mail.com"}' };

const OK = json({ PKey: '@a' });
const reset = () => new TransportError('interrupted', 'ECONNRESET');
const refused = () => new TransportError('notDelivered', 'ECONNREFUSED');
const limited = (retryAfter?: string) => text('', 429, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
const times = (count: number, reply: () => Reply): Reply[] => Array.from({ length: count }, reply);

interface Settings {
  readonly signal?: AbortSignal;
  readonly random?: number;
  /** How long it waits for a Campaign that is away, in ms. */
  readonly patience?: number;
}

/** A requester in surroundings where time passes at once, and what it waited for; the gate waits on its own account. */
function requester(replies: readonly Reply[], { signal, random = 1, patience }: Settings = {}) {
  let now = 1_000_000;
  const waits: number[] = [];
  const transport = new FakeTransport(...replies);
  const gate = new Gate({ now: () => now, wait: async (milliseconds) => void (now += milliseconds) });
  const subject = new Requester(transport, gate.lane({ patience }, signal), signal, {
    wait: async (milliseconds, given) => {
      expect(given).toBe(signal);
      waits.push(milliseconds);
      now += milliseconds;
    },
    random: () => random,
    now: () => now,
  });
  return { subject, transport, gate, waits, now: () => now - 1_000_000 };
}

describe('an answer', () => {
  it.each([200, 201, 204, 302, 400, 401, 403, 404, 409, 418, 500, 501])(
    'of %i comes back at once, whatever the request',
    async (status) => {
      for (const request of [GET, PATCH, DELETE, POST]) {
        const { subject, transport, waits } = requester([text('said', status, { 'x-request-id': '7' })]);

        expect(await subject.send(request)).toEqual({
          status,
          headers: { 'x-request-id': '7' },
          body: 'said',
          attempts: 1,
          isUncertain: false,
        });
        expect(transport.requests).toEqual([request]);
        expect(waits).toEqual([]);
      }
    },
  );
});

describe('an answer that something on the way gave', () => {
  it.each([502, 503, 504])('of %i is asked for again with GET, PATCH and DELETE', async (status) => {
    for (const request of [GET, PATCH, DELETE]) {
      const { subject, transport } = requester([text('', status), text('', status), OK]);

      expect(await subject.send(request)).toEqual({ ...OK, attempts: 3, isUncertain: status !== 503 });
      expect(transport.requests).toEqual([request, request, request]);
    }
  });

  it.each([502, 503, 504])('of %i ends a POST, which may have been carried out', async (status) => {
    const { subject, transport } = requester([text('', status), OK]);

    expect(await subject.send(POST)).toMatchObject({ status, attempts: 1 });
    expect(transport.requests).toHaveLength(1);
  });

  it('comes back when it is all there is for two minutes', async () => {
    const { subject, transport, now } = requester(times(100, () => text('', 503)));

    expect(await subject.send(PATCH)).toMatchObject({ status: 503, attempts: transport.requests.length });
    expect(transport.requests.length).toBeLessThan(30);
    expect(now()).toBeGreaterThan(120_000);
    expect(now()).toBeLessThan(135_000);
  });

  it.each([502, 503, 504])('of %i comes back at once where nobody wants to wait', async (status) => {
    const { subject, transport } = requester([text('', status), OK], { patience: 0 });

    expect(await subject.send(PATCH)).toMatchObject({ status, attempts: 1 });
    expect(transport.requests).toHaveLength(1);
  });

  it('comes back soon where the gateway has never known the organization', async () => {
    const { subject, transport } = requester(times(20, () => text('{"code":502,"message":"Oops. Something went wrong"}', 502)));

    expect(await subject.send(GET)).toMatchObject({ status: 502, attempts: MAX_ATTEMPTS });
    expect(transport.requests).toHaveLength(MAX_ATTEMPTS);
  });
});

describe('no answer', () => {
  it.each(['GET', 'PATCH', 'DELETE'] as const)('to a %s is followed by another try', async (method) => {
    const { subject, transport } = requester([reset(), refused(), OK]);

    expect(await subject.send({ method, url: GET.url })).toMatchObject({ status: 200, attempts: 3 });
    expect(transport.requests).toHaveLength(3);
  });

  it('to a POST is the end when it may have been carried out', async () => {
    const error = reset();
    const { subject, transport } = requester([error, OK]);

    expect(await rejectionOf(subject.send(POST))).toEqual(error);
    expect(transport.requests).toHaveLength(1);
  });

  it('to a POST is followed by another try when it was surely not delivered', async () => {
    const { subject, transport } = requester([refused(), refused(), OK]);

    expect(await subject.send(POST)).toMatchObject({ status: 200, attempts: 3 });
    expect(transport.requests).toEqual([POST, POST, POST]);
  });

  it('to a POST is the end when it may have been carried out at the second try', async () => {
    const { subject, transport } = requester([refused(), reset(), OK]);

    expect(await rejectionOf(subject.send(POST))).toMatchObject({ failure: 'interrupted' });
    expect(transport.requests).toHaveLength(2);
  });

  it.each([
    ['notDelivered', 'ECONNREFUSED'],
    ['noToken', 'identity service'],
    ['interrupted', 'ECONNRESET'],
  ] satisfies Array<[TransportFailure, string]>)('at all is the end after two minutes: %s', async (failure, detail) => {
    const { subject, transport, now } = requester(times(100, () => new TransportError(failure, detail)));

    expect(await rejectionOf(subject.send(GET))).toMatchObject({ failure, detail });
    expect(transport.requests.length).toBeLessThan(30);
    expect(now()).toBeGreaterThan(120_000);
  });

  it('is the end after some tries where it says nothing about Campaign', async () => {
    const { subject, transport } = requester(times(20, () => new TransportError('interrupted', 'ETIMEDOUT')));

    expect(await rejectionOf(subject.send(GET))).toMatchObject({ failure: 'interrupted', detail: 'ETIMEDOUT' });
    expect(transport.requests).toHaveLength(MAX_ATTEMPTS);
  });

  it.each(['notDelivered', 'noToken'] satisfies TransportFailure[])(
    'is the end at once where nobody wants to wait: %s',
    async (failure) => {
      for (const request of [GET, POST]) {
        const { subject, transport } = requester([new TransportError(failure, 'ECODE'), OK], { patience: 0 });

        expect(await rejectionOf(subject.send(request))).toMatchObject({ failure });
        expect(transport.requests).toHaveLength(1);
      }
    },
  );

  it.each(['blocked', 'cancelled', 'unreadable'] satisfies TransportFailure[])(
    'is the end at once when the request was %s',
    async (failure) => {
      const { subject, transport } = requester([new TransportError(failure, 'ECODE'), OK]);

      expect(await rejectionOf(subject.send(GET))).toMatchObject({ failure });
      expect(transport.requests).toHaveLength(1);
    },
  );

  it('because of something else goes on as it is', async () => {
    const error = new Error("'Client Secret' in the credential is empty");
    const { subject, transport } = requester([error, OK]);

    expect(await rejectionOf(subject.send(GET))).toBe(error);
    expect(transport.requests).toHaveLength(1);
  });
});

describe('the time between two tries', () => {
  it('doubles with every try', async () => {
    const broken = () => new TransportError('interrupted', 'ETIMEDOUT');
    const { subject, waits } = requester([...times(4, broken), OK]);
    await subject.send(GET);

    expect(waits).toEqual([500, 1000, 2000, 4000]);
  });

  it('is a random part of that, so that not everybody comes back at once', async () => {
    const { subject, waits } = requester([reset(), reset(), OK], { random: 0.25 });
    await subject.send(GET);

    expect(waits).toEqual([125, 250]);
  });

  it('has an end', async () => {
    const { subject, waits } = requester(times(20, () => limited()));
    await subject.send(GET);

    expect(Math.max(...waits)).toBe(30_000);
  });
});

describe('an answer that asks to slow down', () => {
  it.each(['GET', 'PATCH', 'DELETE', 'POST'] as const)('was not carried out, so %s is sent again', async (method) => {
    const { subject, transport, waits } = requester([limited('3'), limited('4'), OK]);

    expect(await subject.send({ method, url: GET.url })).toMatchObject({ status: 200, attempts: 3 });
    expect(transport.requests).toHaveLength(3);
    expect(waits).toEqual([3000, 4000]);
  });

  it('may give a date', async () => {
    const { subject, waits } = requester([limited(new Date(1_000_000 + 9_000).toUTCString()), OK]);
    await subject.send(GET);

    expect(waits).toEqual([9_000]);
  });

  it.each([undefined, '', 'soon'])('may say nothing about the time: Retry-After %j', async (retryAfter) => {
    const { subject, waits } = requester([limited(retryAfter), limited(retryAfter), OK], { random: 0.5 });
    await subject.send(GET);

    expect(waits).toEqual([250, 500]);
  });

  it('is tried more often than others, and not for ever', async () => {
    const { subject, transport } = requester(times(50, () => limited('1')));

    expect(await subject.send(POST)).toMatchObject({ status: 429, attempts: MAX_ATTEMPTS_WHEN_LIMITED });
    expect(transport.requests).toHaveLength(MAX_ATTEMPTS_WHEN_LIMITED);
    expect(MAX_ATTEMPTS_WHEN_LIMITED).toBeGreaterThan(MAX_ATTEMPTS);
  });

  it.each([
    ['an hour', '3600'],
    ['a bit more than is worth waiting for', String(LONGEST_RETRY_AFTER_MS / 1000 + 1)],
    ['a year', '31536000'],
    ['a date far away', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ])('is not waited for when it asks for %s', async (_, retryAfter) => {
    const { subject, transport, waits } = requester([limited(retryAfter), OK]);

    expect(await subject.send(GET)).toMatchObject({ status: 429, attempts: 1 });
    expect(transport.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('is waited for as long as is worth it', async () => {
    const { subject, waits } = requester([limited(String(LONGEST_RETRY_AFTER_MS / 1000)), OK]);

    expect(await subject.send(GET)).toMatchObject({ status: 200 });
    expect(waits).toEqual([LONGEST_RETRY_AFTER_MS]);
  });

  it('holds back everybody else of the organization', async () => {
    jest.useFakeTimers();
    try {
      const gate = new Gate();
      const transport = new FakeTransport(limited('60'), OK, OK);
      const [one, other] = [gate.lane(), gate.lane()].map((lane) => new Requester(transport, lane));
      const first = one?.send(GET);
      await jest.advanceTimersByTimeAsync(0);
      const second = other?.send(PATCH);
      await jest.advanceTimersByTimeAsync(59_999);
      expect(transport.requests).toEqual([GET]);

      await jest.advanceTimersByTimeAsync(2_000);
      await Promise.all([first, second]);
      expect(transport.requests).toHaveLength(3);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('what an answer teaches the gate', () => {
  it.each([200, 204, 400, 404, 500, 502])('%i: nothing is wrong with the pace', async (status) => {
    const { subject, gate } = requester([text('', status), OK]);
    await subject.send(GET);

    expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([5, Infinity]);
  });

  it.each([503, 504])('%i: there is too much in flight', async (status) => {
    const { subject, gate } = requester([text('', status), OK]);
    await subject.send(GET);

    expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([2, Infinity]);
  });

  it.each(['ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_HEADERS_TIMEOUT'])(
    'B7: %s: there is too much in flight, but only where there was time enough for an answer',
    async (detail) => {
      for (const [milliseconds, inFlight] of [
        [1_000, 5],
        [60_000, 2],
      ] as const) {
        let now = 0;
        const gate = new Gate({ now: () => now, wait: async (wait) => void (now += wait) });
        const transport = new FakeTransport(new TransportError('interrupted', detail), OK);
        const slow: Transport = {
          send: async (request) => {
            now += milliseconds;
            return await transport.send(request);
          },
        };
        await new Requester(slow, gate.lane(), undefined, { wait: async () => {}, random: () => 1, now: () => now }).send(GET);

        expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([inFlight, Infinity]);
      }
    },
  );

  it.each([
    ['a reset', reset],
    ['a refused connection', refused],
  ])('%s: nothing, it may have any reason', async (_, reply) => {
    const { subject, gate } = requester([reply(), OK]);
    await subject.send(GET);

    expect([gate.requestsInFlight, gate.requestsPerSecond]).toEqual([5, Infinity]);
  });

  it.each([undefined, '1'])('429: there is too much per second, with Retry-After %j', async (retryAfter) => {
    const { subject, gate } = requester([limited(retryAfter), OK]);
    await subject.send(GET);

    expect(gate.requestsInFlight).toBe(5);
    expect(gate.requestsPerSecond).toBeLessThan(Infinity);
  });

  it('429 without Retry-After: the others need not wait as long as the request that met it', async () => {
    jest.useFakeTimers();
    try {
      const transport = new FakeTransport(OK, limited(), ...times(30, () => OK));
      const subject = new Requester(transport, new Gate().lane(), undefined, {
        wait: async () => await new Promise<void>(() => {}),
        random: () => 1,
        now: () => 0,
      });
      await subject.send(GET);
      void subject.send(DELETE);
      await jest.advanceTimersByTimeAsync(0);
      const others = Array.from({ length: 5 }, async () => await subject.send(PATCH));
      await jest.advanceTimersByTimeAsync(3_000);

      expect(await Promise.all(others)).toMatchObject(Array(5).fill({ status: 200 }));
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a workflow that is stopped', () => {
  it.each([
    ['Campaign was not available', text('', 503)],
    ['Campaign asked to slow down', limited('100')],
  ])('does not wait for the next try after %s', async (_, reply) => {
    // No time passes here: only the signal can end the wait.
    jest.useFakeTimers();
    try {
      const controller = new AbortController();
      const transport = new FakeTransport(reply, OK);
      const rejection = rejectionOf(new Requester(transport, new Gate().lane({}, controller.signal), controller.signal).send(GET));
      await jest.advanceTimersByTimeAsync(0);
      controller.abort();

      expect(await rejection).toMatchObject({ failure: 'cancelled' });
      expect(transport.requests).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('sends nothing any more', async () => {
    const { subject, transport } = requester([OK], { signal: AbortSignal.abort() });

    expect(await rejectionOf(subject.send(GET))).toMatchObject({ failure: 'cancelled' });
    expect(transport.requests).toEqual([]);
  });

  it('leaves its room to others', async () => {
    const gate = new Gate(undefined, { first: 1, most: 1 });
    const stopped = new Requester(new FakeTransport(new TransportError('cancelled', 'stopped')), gate.lane());
    const other = new Requester(new FakeTransport(OK), gate.lane());
    await rejectionOf(stopped.send(GET));

    expect(await other.send(GET)).toMatchObject({ status: 200 });
  });
});

describe('a try that may have been carried out', () => {
  it.each([
    ['no answer came', reset(), true],
    ['the gateway gave up waiting', text('', 504), true],
    ['the gateway broke', text('', 502), true],
    ['nobody took the request', text('', 503), false],
    ['the connection was refused', refused(), false],
    ['Campaign asked to slow down', limited('1'), false],
  ])('is remembered with the answer to a later one: %s', async (_, first, isUncertain) => {
    const { subject } = requester([first, OK]);

    expect(await subject.send(PATCH)).toMatchObject({ status: 200, attempts: 2, isUncertain });
  });

  it('is remembered when no answer comes at all', async () => {
    const { subject } = requester([reset(), ...times(100, refused)]);

    expect(await rejectionOf(subject.send(PATCH))).toMatchObject({ failure: 'interrupted', detail: 'ECONNREFUSED' });
  });

  it('is none where every connection was refused', async () => {
    const { subject } = requester(times(100, refused));

    expect(await rejectionOf(subject.send(PATCH))).toMatchObject({ failure: 'notDelivered' });
  });

  it('does not hide that the workflow was stopped', async () => {
    const { subject } = requester([reset(), new TransportError('cancelled', 'the workflow was stopped')]);

    expect(await rejectionOf(subject.send(PATCH))).toMatchObject({ failure: 'cancelled' });
  });
});

describe('hasAsked', () => {
  it('tells whether anything was sent', async () => {
    const { subject } = requester([OK]);
    expect(subject.hasAsked).toBe(false);

    await subject.send(GET);
    expect(subject.hasAsked).toBe(true);
  });

  it('does not count what was stopped before', async () => {
    const { subject } = requester([OK], { signal: AbortSignal.abort() });
    await rejectionOf(subject.send(GET));

    expect(subject.hasAsked).toBe(false);
  });
});

describe('what is easily got wrong', () => {
  it('lets nobody slip through between an answer that asks to slow down and the pause', async () => {
    jest.useFakeTimers();
    try {
      const transport = new FakeTransport(limited('60'), OK, OK);
      const subject = new Requester(transport, new Gate(undefined, { first: 1, most: 1 }).lane());
      const both = Promise.all([subject.send(GET), subject.send(PATCH)]);
      await jest.advanceTimersByTimeAsync(1_000);
      const sentDuringPause = transport.requests.length - 1;
      await jest.advanceTimersByTimeAsync(120_000);
      await both;

      expect(sentDuringPause).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('still repeats after 503 when the tries before were only asked to slow down', async () => {
    const { subject } = requester([...times(MAX_ATTEMPTS - 1, () => limited('1')), text('', 503), OK]);

    expect(await subject.send(GET)).toMatchObject({ status: 200 });
  });

  it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])('does not send twelve requests in a row when Retry-After is %s', async (retryAfter) => {
    const { subject, waits } = requester(times(20, () => limited(retryAfter)));
    await subject.send(GET);

    expect(waits.reduce((sum, delay) => sum + delay, 0)).toBeGreaterThan(0);
  });
});
