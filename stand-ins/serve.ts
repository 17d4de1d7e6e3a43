import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StandInClock } from './clock.ts';
import { deliver, deliverBroken, readAnswer } from './deliver.ts';
import { strikesAfter } from './faults.ts';
import type { FaultQueue } from './faults.ts';
import { fingerprint } from './ledger.ts';
import type { Ledger, OpenEntry } from './ledger.ts';
import { listenOnLoopback } from './listen.ts';
import type { Listening } from './listen.ts';

/** A request, read far enough to be named. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body's fields where it is a form, else empty. */
  readonly form: URLSearchParams;
}

/** A call's name in the ledger, and the refresh token that it is about to spend. */
export interface Naming {
  readonly operation: string;
  readonly spends?: string | null;
}

export interface Peer {
  /** The caller's address, as the socket says. */
  readonly address: string;
}

export interface Behaviour {
  name(call: Call): Naming;
  handle(request: Request, peer: Peer): Response | Promise<Response>;
}

export interface Instruments {
  readonly clock: StandInClock;
  readonly faults: FaultQueue;
  readonly ledger: Ledger;
}

const bodyMax = 1024 * 1024;

/** Puts a vendor's behaviour on the wire, with its ledger, its faults and its clock's `Date`. */
export function serve(behaviour: Behaviour, instruments: Instruments, port: number): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(behaviour, instruments, request, response).catch((error: unknown) => {
      // A caller that hangs up while it is still sending is no failure of ours.
      if (request.complete) console.error('A stand-in failed:', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  return listenOnLoopback(server, port);
}

async function answer(
  behaviour: Behaviour,
  { clock, faults, ledger }: Instruments,
  request: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  // A socket that was closed meanwhile has forgotten it.
  const address = request.socket.remoteAddress ?? '';
  const body = await readBody(request);
  if (!body) {
    out.writeHead(413).end();
    return;
  }
  const call = readCall(request, body);
  if (!call) {
    out.writeHead(400).end();
    return;
  }
  const naming = behaviour.name(call);
  const { latency, fault } = faults.take({ method: call.method, path: call.url.pathname, operation: naming.operation });
  const entry = ledger.open(seen(call, naming, clock, [latency?.kind, fault?.kind]));
  out.on('close', () => ledger.close(entry));
  out.on('finish', () => (entry.delivered = fault === null || fault.kind === 'content-type'));

  if (latency && !strikesAfter(latency)) await faults.pass(latency);
  if (fault && !strikesAfter(fault)) {
    out.setHeader('date', new Date(clock.nowMs()).toUTCString());
    deliverBroken(out, fault, null);
    return;
  }
  const answered = await work(behaviour, call, body, address, entry);
  if (latency && strikesAfter(latency)) await faults.pass(latency);
  out.setHeader('date', new Date(clock.nowMs()).toUTCString());
  if (fault) deliverBroken(out, fault, answered);
  else deliver(out, answered);
}

async function work(behaviour: Behaviour, call: Call, body: Buffer, address: string, entry: OpenEntry) {
  const bodiless = call.method === 'GET' || call.method === 'HEAD';
  const request = new Request(call.url, {
    method: call.method,
    headers: call.headers,
    ...(bodiless ? {} : { body: new Uint8Array(body) }),
  });
  const response = await behaviour.handle(request, { address });
  const answered = await readAnswer(response);
  entry.processed = true;
  entry.status = answered.status;
  return answered;
}

function seen(call: Call, naming: Naming, clock: StandInClock, faults: readonly (string | undefined)[]) {
  return {
    atMs: clock.nowMs(),
    method: call.method,
    path: call.url.pathname,
    operation: naming.operation,
    spends: naming.spends ? fingerprint(naming.spends) : null,
    headerNames: [...call.headers.keys()],
    accept: call.headers.get('accept'),
    userAgent: call.headers.get('user-agent'),
    origin: call.headers.get('origin'),
    queryNames: [...call.url.searchParams.keys()],
    formNames: [...call.form.keys()],
    faults: faults.filter((kind) => kind !== undefined),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readCall(request: IncomingMessage, body: Buffer): Call | null {
  const headers = new Headers();
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    headers.append(request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? '');
  }
  const target = `http://${headers.get('host') ?? ''}${request.url ?? ''}`;
  if (!request.url?.startsWith('/') || !URL.canParse(target) || !isDecodable(request.url)) return null;
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    method: request.method ?? 'GET',
    url: new URL(target),
    headers,
    form: new URLSearchParams(isForm ? body.toString('utf8') : ''),
  };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
