import type { IncomingMessage } from 'node:http';
import { TextDecoder } from 'node:util';

/** Bytes of one request: a batch of many hundred records fits, a flood does not. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Why a request was not read: answered with this status, never handed to a vendor. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

function charset(request: IncomingMessage): string {
  const found = /charset\s*=\s*"?([^\s";]+)/i.exec(request.headers['content-type'] ?? '');
  return found?.[1] ?? 'utf-8';
}

function decoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new Unreadable(415, `unknown charset ${JSON.stringify(label.slice(0, 40))}`);
  }
}

function decoded(bytes: Buffer, label: string): string {
  const reader = decoder(label);
  try {
    return reader.decode(bytes);
  } catch {
    throw new Unreadable(400, `the body is not ${reader.encoding}`);
  }
}

function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(new Unreadable(413, `the body is longer than ${MAX_BODY_BYTES} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the caller hung up')));
  });
}

/**
 * The whole body as text.
 * @throws Unreadable for what is too long, compressed, or not in the charset it claims; any other error: caller gone
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Unreadable(415, `content-encoding ${encoding.slice(0, 40)} is not understood`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    throw new Unreadable(413, `the body is longer than ${MAX_BODY_BYTES} bytes`);
  }
  return decoded(await bytesOf(request), charset(request));
}
