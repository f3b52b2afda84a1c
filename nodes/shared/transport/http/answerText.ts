import { asObject } from './parse';

/** Longest answer, unpacked. A page of Campaign's is a few MB at the most. */
export const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** An answer came, but its body cannot be taken in. The message says why. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/**
 * The body of an answer as text in UTF-8, whatever its Content-Type says. Answers are asked for without compression; a proxy may
 * compress them all the same.
 *
 * @param encoding Content-Encoding of the answer
 * @param longest bytes at the most, unpacked
 * @throws UnreadableAnswer, or an error of the network where packed bytes have no end
 */
export function answerText(bytes: Buffer, encoding = 'identity', longest = LONGEST_ANSWER_BYTES): string | Promise<string> {
  if (encoding === 'identity' || encoding === '') return withoutMark(bytes.toString());
  const packed = PACKED.get(encoding.toLowerCase());
  if (packed) return unpack(bytes, packed, longest);
  throw new UnreadableAnswer(`the answer is packed as ${encoding}`);
}

const BYTE_ORDER_MARK = '\uFEFF';

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const PACKED: ReadonlyMap<string, 'gzip' | 'deflate'> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

async function unpack(packed: Buffer, format: 'gzip' | 'deflate', longest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    const unpacked: AsyncIterable<Uint8Array> = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format));
    for await (const chunk of unpacked) {
      bytes += chunk.byteLength;
      if (bytes > longest) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    return await Promise.reject(unpackFailure(error, format) ?? new UnreadableAnswer(`the answer is not the ${format} it says`));
  }
  if (bytes > longest) throw longer(longest);
  return text + decoder.decode();
}

/** zlib's code for packed bytes that end before their end. */
const ENDS_EARLY = 'Z_BUF_ERROR';

/**
 * What went wrong with unpacking, be it here or in n8n's helper.
 *
 * @param format what the answer says to be packed as
 * @returns undefined for an error that is not zlib's; a broken connection where the end is missing, so that it is asked for again
 */
export function unpackFailure(error: unknown, format = 'packed data'): Error | undefined {
  const { code } = asObject(error);
  if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
  return code === ENDS_EARLY
    ? Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' })
    : new UnreadableAnswer(`the answer is not the ${format} it says`);
}

/** The error for an answer above a bound. */
export function longer(bytes: number): UnreadableAnswer {
  return new UnreadableAnswer(`the answer is longer than ${bytes / 1024 / 1024} MB`);
}
