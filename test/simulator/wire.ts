import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answers';

/** Every answer carries the gateway's X-Request-Id. */
function headersOf(answer: Answer): Record<string, string> {
  return {
    ...answer.headers,
    'x-request-id': randomUUID(),
    ...(answer.contentType === null ? {} : { 'content-type': answer.contentType }),
  };
}

/** Sends the whole answer. */
export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  // An empty text would get a Content-Type from the library.
  return reply
    .code(answer.status)
    .headers(headersOf(answer))
    .send(answer.body === '' ? undefined : answer.body);
}

/** Breaks the connection without an answer, with a TCP reset where the socket is plain TCP. */
export function reset(reply: FastifyReply): void {
  reply.hijack();
  const { socket } = reply.request.raw;
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Sends the head and half of the body of the answer, then breaks the connection. */
export function cut(reply: FastifyReply, answer: Answer): void {
  reply.hijack();
  const body = Buffer.from(answer.body);
  reply.raw.writeHead(answer.status, { ...headersOf(answer), 'content-length': body.length });
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.request.raw.socket.destroy());
}
