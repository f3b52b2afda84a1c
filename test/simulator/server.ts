import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Answer } from './answers';
import { answerCampaign } from './campaign/router';
import type { CampaignInstance } from './campaign/instance';
import type { ServerCertificate } from './certificate';
import type { FaultAction, FaultRules } from './faults';
import { gatewayRefusal, unroutable } from './gateway';
import { answerTokenRequest, TOKEN_PATH } from './ims';
import { answerProfileRequest, IMS_PROFILE_PATH } from './imsProfile';
import type { RateLimit } from './rateLimit';
import type { RequestRecord, StatsRecorder } from './stats';
import type { TokenStore } from './tokens';
import { cut, reset, send } from './wire';

/** What stands behind the port. */
export interface Backend {
  readonly apiKey: string;
  readonly clientSecret: string;
  readonly tokens: TokenStore;
  readonly rateLimit: RateLimit;
  readonly faults: FaultRules;
  readonly stats: StatsRecorder;
  readonly campaign: CampaignInstance;
}

/** Campaign bodies are small; this leaves room for a client that sends something absurd. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** Makes the server, not yet listening. Closing it breaks all connections, stalled ones too. */
export function makeServer(backend: Backend, certificate: ServerCertificate | null): FastifyInstance {
  // One route takes everything: paths are Campaign's to read, malformed ones too, and `originalUrl` keeps them as sent.
  const shared = { bodyLimit: BODY_LIMIT_BYTES, exposeHeadRoutes: false, rewriteUrl: () => '/' };
  const app: FastifyInstance =
    certificate === null ? fastify(shared) : fastify({ ...shared, https: { key: certificate.key, cert: certificate.certificate } });
  const closing = new AbortController();
  // Every delayed request listens; that is no leak.
  setMaxListeners(0, closing.signal);
  trackConnections(app, backend.stats, closing.signal);

  // Campaign reads every body as JSON whatever its Content-Type says; parsing is left to what handles the request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.all('/', (request, reply) => handle(backend, request, reply, closing.signal));
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  return app;
}

/** A request as it comes in, by whatever way. */
export interface Incoming {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What becomes of a request: an answer, whole or broken off in the middle, or none. */
export type Outcome =
  | { readonly type: 'answer'; readonly answer: Answer; readonly isCut: boolean }
  | { readonly type: 'reset' }
  | { readonly type: 'stall' };

/**
 * Takes a request to its end: counts it, lets faults befall it, and has it answered by Campaign and what stands before it.
 *
 * @param pause waits so many ms: for the latency, and for faults that delay
 */
export async function takeRequest(
  backend: Backend,
  { method, url, headers, body }: Incoming,
  pause: (ms: number) => Promise<void>,
): Promise<Outcome> {
  const { stats, campaign } = backend;
  const received = stats.arrived(method, url, headers, body, campaign.clock.now(), campaign.settings.requestLogLimit);
  const fault = backend.faults.strike(received);
  if (fault !== null || campaign.settings.latencyMs > 0) await befall(backend, fault, pause);
  return respond(backend, received, fault);
}

async function handle(backend: Backend, request: FastifyRequest, reply: FastifyReply, closing: AbortSignal): Promise<FastifyReply> {
  const body = typeof request.body === 'string' ? request.body : '';
  const incoming = { method: request.method, url: request.originalUrl, headers: request.headers, body };
  // Node would put in the time of this machine.
  reply.raw.sendDate = false;
  let outcome: Outcome | undefined;
  try {
    outcome = await takeRequest(backend, incoming, async (ms) => await wait(ms, undefined, { signal: closing }));
    if (outcome.type === 'answer') (outcome.isCut ? cut : send)(reply, outcome.answer);
    else if (outcome.type === 'reset') reset(reply);
    else reply.hijack();
  } finally {
    // A stalled request stays in flight until its connection goes.
    if (outcome?.type === 'stall') reply.raw.once('close', () => backend.stats.ended());
    else backend.stats.ended();
  }
  return reply;
}

/** What comes before a request is handled: the latency, and the faults that only delay it or take its token. */
async function befall(
  { stats, tokens, campaign }: Backend,
  fault: FaultAction | null,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  if (fault !== null) stats.faults += 1;
  if (fault?.type === 'expireTokens') tokens.expireAll();
  const delay = campaign.settings.latencyMs + (fault?.type === 'delay' ? fault.ms : 0);
  if (delay > 0) await pause(delay);
}

/** Handles the request, as far as the fault lets that happen. */
function respond(backend: Backend, received: RequestRecord, fault: FaultAction | null): Outcome {
  const before = fault && strike(fault, 'before');
  const answered: Outcome = before ?? { type: 'answer', answer: dispatch(backend, received), isCut: fault?.type === 'cutBody' };
  const outcome = (before ? null : fault && strike(fault, 'after')) ?? answered;
  if (outcome.type !== 'answer') return outcome;
  backend.stats.answered(received, outcome.answer.status);
  return { ...outcome, answer: dated(outcome.answer, backend.campaign) };
}

/** The answer with the time of the server, to the second (RFC 9110: Date). */
function dated(answer: Answer, { clock, settings: { dateOffsetMs } }: CampaignInstance): Answer {
  if (dateOffsetMs === null) return answer;
  return { ...answer, headers: { date: new Date(clock.milliseconds() + dateOffsetMs).toUTCString(), ...answer.headers } };
}

/** What a fault makes of the request at this moment; null: nothing. */
function strike(fault: FaultAction, moment: 'before' | 'after'): Outcome | null {
  if (fault.type === 'answer' && (fault.when ?? 'before') === moment) {
    const { status, body = '', contentType = null, headers } = fault;
    return { type: 'answer', answer: { status, body, contentType, headers }, isCut: false };
  }
  return (fault.type === 'reset' || fault.type === 'stall') && fault.when === moment ? { type: fault.type } : null;
}

/** The token endpoint, or the gateway and then Campaign. */
function dispatch(backend: Backend, { method, url, headers, body }: RequestRecord): Answer {
  const { campaign, tokens, rateLimit, stats } = backend;
  const [path = '', queryText = ''] = splitOnce(url, '?');
  if (path === TOKEN_PATH && method === 'POST') {
    const answer = answerTokenRequest({ client: backend, tokens, ...campaign }, new URLSearchParams(queryText), body);
    if (answer.status === 200) stats.tokensMinted += 1;
    return answer;
  }
  if (path === IMS_PROFILE_PATH && method === 'GET') return answerProfileRequest({ tokens, ...campaign }, headers);

  const [organization = '', rest = ''] = splitOnce(path.slice(1), '/');
  const refusal = gatewayRefusal({ ...campaign, apiKey: backend.apiKey, tokens }, organization, headers);
  if (refusal !== null) return refusal;
  const throttled = rateLimit.refusal();
  if (throttled !== null) {
    stats.throttled += 1;
    return throttled;
  }
  const [service, campaignPath = ''] = splitOnce(rest, '/');
  if (service !== 'campaign') return unroutable(campaign.settings);
  return answerCampaign({ method, path: campaignPath, queryText, body }, campaign);
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function trackConnections(app: FastifyInstance, stats: StatsRecorder, closing: AbortSignal): void {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    stats.connectionsOpened += 1;
    stats.connectionsOpen += 1;
    sockets.add(socket);
    socket.once('close', () => {
      stats.connectionsOpen -= 1;
      sockets.delete(socket);
    });
  });
  closing.addEventListener('abort', () => {
    for (const socket of sockets) socket.destroy();
  });
}
