import type { Dispatcher } from 'undici';

import { LONGEST_ANSWER_BYTES, longer } from './answerText';
import { asObject } from './parse';

/** An answer as it came over the line. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: unknown;
  readonly bytes: Buffer;
}

/**
 * Sends one request and collects its answer whole. Undici's own `request` makes a stream of each body, which costs more than the rest
 * of it where most bodies are a few hundred bytes (undici: "Dispatcher.dispatch").
 *
 * @param settle is told of the answer, or of an error of the network
 */
export function exchange(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions, settle: Settle): void {
  let status = 0;
  let headers: unknown;
  const chunks: Buffer[] = [];
  dispatcher.dispatch(options, {
    // Undici takes a handler with this for one of the kind that it has had since version 7.
    onRequestStart: () => {},
    onResponseStart: (_controller, statusCode, received) => {
      // After one of 1xx comes the answer.
      [status, headers] = [statusCode, received];
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => {
      const [first] = chunks;
      settle.resolve({ status, headers, bytes: first && chunks.length === 1 ? first : Buffer.concat(chunks) });
    },
    onResponseError: (_controller, error) => settle.reject(isTooLong(error) ? longer(LONGEST_ANSWER_BYTES) : error),
  });
}

/** Undici stops reading at the bound that its connections are opened with. */
function isTooLong(error: unknown): boolean {
  return asObject(error).code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
}

/** Who waits for an answer. */
export interface Settle {
  readonly resolve: (answer: ReceivedAnswer) => void;
  readonly reject: (error: unknown) => void;
}
