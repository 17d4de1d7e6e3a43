/** Writes answers to the wire, whole or broken in the way that was ordered. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Strike } from './faults.ts';

export interface Answer {
  readonly status: number;
  /** Lower case; `set-cookie` may stand more than once. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

type Broken = NonNullable<Strike['fault']>;

const mebibyte = 1024 * 1024;

const loginPage = `<!doctype html><html><head><title>Sign in</title></head><body><form method="post" action="/login">
<h1>Sign in to continue</h1><input name="username"><input name="password" type="password"><button>Sign in</button>
</form></body></html>`;

export async function readAnswer(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: [...response.headers],
    body: Buffer.from(await response.arrayBuffer()),
  };
}

export function deliver(out: ServerResponse, answer: Answer): void {
  const bodiless = answer.status === 204 || answer.status === 304;
  writeHead(out, answer.status, answer.headers, bodiless ? null : answer.body.length);
  out.end(bodiless ? undefined : answer.body);
}

/** `real` is the server's own answer; null where the fault strikes before it works. */
export function deliverBroken(out: ServerResponse, fault: Broken, real: Answer | null): void {
  switch (fault.kind) {
    case 'reply':
      return deliver(out, made(fault.status, fault.body ?? '', fault.headers ?? {}));
    case 'html':
      return deliver(out, made(fault.status ?? 200, loginPage, { 'content-type': 'text/html;charset=UTF-8' }));
    case 'redirect':
      return deliver(out, made(fault.status ?? 302, '', { location: fault.location }));
    case 'garbage':
      out.socket?.end(Buffer.concat([Buffer.from('\u0000NOT-HTTP '), randomBytes(64), Buffer.from('\r\n\r\n')]));
      return;
    case 'reset':
      out.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'cut':
    case 'stall':
      return half(out, real ?? made(200, '{"half":', {}), fault.kind);
    case 'gzip-bomb': {
      const member = gzipSync(Buffer.alloc(mebibyte, ' '));
      return stream(out, member, fault.mebibytes ?? 1024, 'gzip');
    }
    case 'huge':
      return stream(out, Buffer.alloc(mebibyte, ' '), fault.mebibytes ?? 64, null);
    case 'content-type':
      return deliver(out, withHeader(real ?? made(200, '', {}), 'content-type', fault.contentType));
    case 'edit':
      return deliver(out, real ? edited(real, fault) : made(200, '', {}));
    default:
      fault satisfies never;
  }
}

function made(status: number, body: string, headers: Readonly<Record<string, string>>): Answer {
  const lower = new Headers({ 'content-type': 'application/json' });
  for (const [name, value] of Object.entries(headers)) lower.set(name, value);
  return { status, headers: [...lower], body: Buffer.from(body) };
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  return { ...answer, headers: [...answer.headers.filter(([known]) => known !== name), [name, value]] };
}

function edited(real: Answer, fault: Broken & { kind: 'edit' }): Answer {
  const before = JSON.parse(real.body.toString('utf8')) as Record<string, unknown>; // ordered by a test that knows the answer
  const kept = Object.entries({ ...before, ...fault.set }).filter(([key]) => !(fault.remove ?? []).includes(key));
  return { ...real, body: Buffer.from(JSON.stringify(Object.fromEntries(kept))) };
}

function half(out: ServerResponse, real: Answer, then: 'cut' | 'stall'): void {
  writeHead(out, real.status, real.headers, real.body.length);
  out.write(real.body.subarray(0, Math.floor(real.body.length / 2)), () => {
    if (then === 'cut') out.socket?.destroy();
  });
}

function stream(out: ServerResponse, chunk: Buffer, count: number, encoding: 'gzip' | null): void {
  out.writeHead(200, { 'content-type': 'application/json', ...(encoding ? { 'content-encoding': encoding } : {}) });
  const chunks = function* () {
    for (let sent = 0; sent < count; sent += 1) yield chunk;
  };
  const source = Readable.from(chunks());
  out.on('close', () => source.destroy());
  source.pipe(out);
}

function writeHead(out: ServerResponse, status: number, headers: Answer['headers'], length: number | null): void {
  for (const [name, value] of headers) out.appendHeader(name, value);
  if (length !== null) out.setHeader('content-length', length);
  out.writeHead(status);
}
