import type { IncomingMessage } from 'node:http';
import type { ParamValue } from '../src/http/operation.ts';
import { Problem } from './problem.ts';

export interface CallBody {
  readonly baseUrl: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly nonce: string | undefined;
  readonly boot: string | undefined;
}

type JsonObject = Readonly<Record<string, ParamValue>>;

/** Reads a request's body; throws a `Problem` above `bytesMax`, whatever Content-Length claimed. */
export function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else reject(new Problem('too-large', `At most ${bytesMax} bytes.`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => reject(new Problem('bad-request', 'The body was cut.')));
  });
}

/** More than any vendor's call needs, and little enough for whatever goes through a value one call per level. */
const LEVELS_MAX = 32;

function assertNotDeep(value: unknown): void {
  const inside = (each: unknown): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []);
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LEVELS_MAX) throw new Problem('bad-request', `The body has more than ${LEVELS_MAX} levels.`);
    level = level.flatMap(inside);
  }
}

function readJsonObject(raw: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new Problem('bad-request', 'The body is not JSON in UTF-8.');
  }
  assertNotDeep(value);
  return asObject(value, 'The body');
}

/** 16 bytes in base64url: nobody can guess one, so nobody can ask for another page's answer. */
const noncePattern = /^[A-Za-z0-9_-]{22}$/;
const bootPattern = /^[A-Za-z0-9_-]{1,64}$/;

export function readCallBody(raw: Buffer): CallBody {
  const body = readJsonObject(raw);
  refuseOthers(body, ['baseUrl', 'params', 'nonce', 'boot']);
  if (typeof body['baseUrl'] !== 'string') throw new Problem('bad-request', '“baseUrl” must be text.');
  const nonce = readOptional(body, 'nonce', noncePattern);
  const boot = readOptional(body, 'boot', bootPattern);
  if (nonce !== undefined && boot === undefined) throw new Problem('nonce-needed');
  return { baseUrl: body['baseUrl'], params: asObject(body['params'], '“params”'), nonce, boot };
}

export function readOutcomeBody(raw: Buffer): { readonly nonce: string; readonly boot: string } {
  const body = readJsonObject(raw);
  refuseOthers(body, ['nonce', 'boot']);
  return { nonce: readText(body, 'nonce', noncePattern), boot: readText(body, 'boot', bootPattern) };
}

export interface ParkBody {
  readonly connection: string;
  readonly state: string;
  readonly what: 'announce' | 'ask' | 'withdraw';
}

export function readParkBody(raw: Buffer): ParkBody {
  const body = readJsonObject(raw);
  refuseOthers(body, ['connection', 'state', 'ask', 'withdraw']);
  const [ask, withdraw] = [readFlag(body, 'ask'), readFlag(body, 'withdraw')];
  if (ask && withdraw) throw new Problem('bad-request', 'Either “ask” or “withdraw” may be true, not both.');
  return {
    connection: readText(body, 'connection', /^[a-z0-9-]{1,64}$/),
    // At least 128 bits in base64url.
    state: readText(body, 'state', /^[A-Za-z0-9_-]{22,128}$/),
    what: ask ? 'ask' : withdraw ? 'withdraw' : 'announce',
  };
}

function readFlag(body: JsonObject, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== 'boolean') throw new Problem('bad-request', `“${name}” must be true or false.`);
  return value;
}

function asObject(value: unknown, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonObject; // it came out of JSON.parse
  }
  throw new Problem('bad-request', `${what} must be an object.`);
}

function refuseOthers(body: JsonObject, known: readonly string[]): void {
  if (Object.keys(body).some((name) => !known.includes(name))) {
    throw new Problem('bad-request', `The body may hold ${known.join(', ')} and nothing else.`);
  }
}

function readText(body: JsonObject, name: string, pattern: RegExp): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new Problem('bad-request', `“${name}” is missing or not of its form.`);
}

const readOptional = (body: JsonObject, name: string, pattern: RegExp): string | undefined =>
  body[name] === undefined ? undefined : readText(body, name, pattern);
