import { LONGEST_ANSWER_BYTES, longer, unpackFailure } from './answerText';
import { asObject } from './parse';
import { onAbort } from '../onAbort';
import { cancelled } from '../wait';

/**
 * Reads a body that n8n's helper hands over as a stream, as it comes: the helper itself reads answers without any bound.
 *
 * @param body a stream of bytes; text and parsed JSON are put up with
 * @param end gives up when it fires, and closes the connection
 * @param longest bytes at the most, unpacked
 * @throws UnreadableAnswer, TransportError `cancelled` at the end, or an error of the network
 */
export async function readHostBody(body: unknown, end: AbortSignal, longest = LONGEST_ANSWER_BYTES): Promise<string> {
  if (typeof body === 'string') return body;
  if (body === undefined || body === null) return '';
  if (!isStream(body)) return JSON.stringify(body);
  return await new Promise<string>((resolve, reject) => {
    const forget = onAbort(end, () => {
      // A stream that hangs does not hear of it by itself.
      destroy(body);
      reject(cancelled());
    });
    readAll(body, longest)
      .then(resolve, (error: unknown) => reject(unpackFailure(error) ?? error))
      .finally(forget);
  });
}

async function readAll(stream: AsyncIterable<unknown>, longest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the answer is no stream of bytes');
    bytes += chunk.byteLength;
    // Leaving the loop closes the stream, and with it the connection.
    if (bytes > longest) throw longer(longest);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function destroy(stream: unknown): void {
  const { destroy: end } = asObject(stream);
  if (typeof end === 'function') end.call(stream);
}
