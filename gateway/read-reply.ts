import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { CauseCode } from '../src/http/envelope.ts';

export type ReadBody =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly code: Extract<CauseCode, 'cut' | 'too-large' | 'undecodable'> };

/**
 * Reads a reply's body, inflated, as UTF-8. Both the bytes that arrive and what they inflate to are bounded, the latter
 * while inflating: a few kilobytes which would become gigabytes cost no more than `bytesMax`. Never throws.
 */
export async function readBody(reply: IncomingMessage, bytesMax: number): Promise<ReadBody> {
  const raw = await collect(reply, bytesMax);
  if (!Buffer.isBuffer(raw)) return { ok: false, code: raw };
  try {
    const encoding = (reply.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    const decoded = await decode(raw, encoding, bytesMax);
    return decoded ? { ok: true, body: new TextDecoder().decode(decoded) } : { ok: false, code: 'undecodable' };
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { ok: false, code: tooLarge ? 'too-large' : 'undecodable' };
  }
}

function collect(reply: IncomingMessage, bytesMax: number): Promise<Buffer | 'cut' | 'too-large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= bytesMax) return;
      resolve('too-large');
      reply.destroy();
    });
    // A body that is cut short never ends: it fails and closes.
    reply.on('error', () => resolve('cut'));
    reply.on('end', () => resolve(Buffer.concat(chunks)));
    reply.on('close', () => resolve('cut'));
  });
}

const inflaters = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  zlib: promisify(inflate),
  bare: promisify(inflateRaw),
};

async function decode(raw: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer | null> {
  if (raw.length === 0) return raw;
  switch (encoding) {
    case 'identity':
    case '':
      return raw;
    case 'gzip':
    case 'x-gzip':
      return inflaters.gzip(raw, { maxOutputLength });
    case 'br':
      return inflaters.br(raw, { maxOutputLength });
    case 'deflate': {
      // RFC 9110 means zlib's format by it, whose first byte ends in 8; some servers send the bare one.
      const isZlib = (raw[0] ?? 0) % 16 === 8;
      return inflaters[isZlib ? 'zlib' : 'bare'](raw, { maxOutputLength });
    }
    default:
      return null;
  }
}
