import { asObject } from './parse';
import { TransportError, type TransportFailure } from '../transport';

const NOT_DELIVERED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** Proof of no delivery only while connecting; an open connection can end with them too. */
const NO_ROUTE: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH']);
/** No trust in the other side's certificate, or a request that could not even be put together. */
const BLOCKED = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME|^ERR_(?:INVALID|UNESCAPED|BAD_OPTION)|^UND_ERR_INVALID_ARG/;
/** Codes of the network, of the libraries that speak HTTP, and of TLS. Others, as a database's, are the host's own. */
const OF_NETWORK = /^(?:E[A-Z_]+|UND_ERR_\w+|HPE_\w+|ERR_\w+|\w*(?:CERT|SELF_SIGNED|UNABLE_TO|SSL|TLS|CRL)\w*)$/;
/** n8n's egress rules (its classes are not exported). */
const EGRESS_RULE = /^Ssrf/;

/** Undici's own codes that say the same as one of the system's, or something that can be put into words. */
const IN_OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['UND_ERR_SOCKET', 'ECONNRESET'],
  ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
  // What has no deadline of its own but a proxy's answer.
  ['UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT'],
  ['UND_ERR_ABORTED', 'the proxy refused the connection'],
]);

/**
 * No connection came about, so nothing was sent, whatever went wrong.
 *
 * @param cause what went wrong
 */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';

  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}

/** What stays of an error of the network: its kind and its code, and nothing of the request or its token. */
export function failureOf(error: unknown): TransportError | undefined {
  const causes = causesOf(error);
  const egress = causes.find((cause) => cause instanceof Error && EGRESS_RULE.test(cause.constructor.name));
  if (egress instanceof Error) return new TransportError('blocked', egress.message);
  const coded = causes.map(asObject).find(({ code }) => typeof code === 'string' && OF_NETWORK.test(code));
  const isUnconnected = causes.some((cause) => cause instanceof ConnectFailure || brokeInHandshake(cause));
  if (typeof coded?.code !== 'string') return isUnconnected ? new TransportError('notDelivered', 'no connection') : undefined;
  if (isUnconnected && causes.some(speaksNoTls)) return new TransportError('blocked', 'no TLS at this address');
  if (wantsSignIn(coded)) return new TransportError('blocked', 'the proxy wants a sign-in, 407');
  const failure = kindOf(coded.code, coded.syscall);
  return new TransportError(
    isUnconnected && failure === 'interrupted' ? 'notDelivered' : failure,
    IN_OTHER_WORDS.get(coded.code) ?? coded.code,
  );
}

/** A proxy's refusal of a tunnel, whose status undici tells in words only. Asking again would not change it. */
function wantsSignIn({ code, message }: Readonly<Record<string, unknown>>): boolean {
  return code === 'UND_ERR_ABORTED' && typeof message === 'string' && message.startsWith('Proxy response (407)');
}

/**
 * Whether an error of n8n's helper is about a connection on which TLS has not come about, be it cut or refused with an alert: Node
 * sends nothing of a request before. Its `request` is Node's own, with the socket that it had.
 */
function brokeInHandshake(cause: unknown): boolean {
  return asObject(asObject(asObject(cause).request).socket).secureConnecting === true;
}

/** The other side answers, but in something else than TLS, mostly HTTP: unlike where TLS breaks, waiting would not change it. */
function speaksNoTls(cause: unknown): boolean {
  const { message } = asObject(cause);
  return typeof message === 'string' && message.includes('wrong version number');
}

function kindOf(code: string, syscall: unknown): TransportFailure {
  if (NOT_DELIVERED.has(code) || (NO_ROUTE.has(code) && syscall === 'connect')) return 'notDelivered';
  return BLOCKED.test(code) ? 'blocked' : 'interrupted';
}

/** An error, what is behind it, what is behind that. */
export function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause: unknown = error; cause !== undefined && !causes.includes(cause); cause = asObject(cause).cause) causes.push(cause);
  return causes;
}
