import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Cause, Envelope, Phase } from '../src/http/envelope.ts';
import type { VendorRequest } from './build-request.ts';
import { connect } from './connect.ts';
import type { GatewayConnection } from './connections.ts';
import type { Limits } from './limits.ts';
import { readBody } from './read-reply.ts';
import { pickReplyHeaders } from './reply-headers.ts';

/** An envelope before the gateway signs it with its boot, and where a redirect wanted to go. */
export interface Sent extends Omit<Envelope, 'boot'> {
  readonly location: URL | null;
}

export interface SendOptions {
  readonly connection: GatewayConnection;
  readonly limits: Limits;
  /** Ends the call: the time is over (`timeout`), or nobody waits any more (`aborted`). */
  readonly signal: AbortSignal;
  readonly replyHeaders: readonly string[];
  wallMs(): number;
}

const REPLY_HEAD_MAX = 32 * 1024;

/** Sends one request over a connection of its own and tells what became of it. Never throws, never follows a redirect. */
export async function send(request: VendorRequest, options: SendOptions): Promise<Sent> {
  const beganMs = options.wallMs();
  const connected = await connect(options.connection, options.limits.connectMs, options.signal);
  if (!connected.ok) {
    const cause = options.signal.aborted ? causeOfAbort(options.signal) : connected.cause;
    const times = { sentAtMs: beganMs, receivedAtMs: options.wallMs() };
    return {
      phase: 'not-sent',
      status: null,
      headers: {},
      body: '',
      ...times,
      cause,
      tls: connected.tls,
      location: null,
    };
  }
  const sentAtMs = options.wallMs();
  const answer = await exchange(request, connected.socket, options);
  connected.socket.destroy();
  return { ...answer, sentAtMs, tls: connected.tls };
}

type Answer = Omit<Sent, 'sentAtMs' | 'tls'>;

/** From here on bytes may have left: whatever fails, the call counts as sent. */
async function exchange(request: VendorRequest, socket: Socket, options: SendOptions): Promise<Answer> {
  const unanswered = (cause: Cause, status: number | null = null): Answer => ({
    phase: 'sent',
    status,
    headers: {},
    body: '',
    receivedAtMs: options.wallMs(),
    cause,
    location: null,
  });
  const abort = (): unknown => socket.destroy();
  options.signal.addEventListener('abort', abort);
  try {
    const reply = await headOf(request, socket);
    if ('code' in reply) return unanswered(options.signal.aborted ? causeOfAbort(options.signal) : reply);
    const receivedAtMs = options.wallMs();
    const status = reply.statusCode ?? 0;
    const read = await readBody(reply, options.limits.replyBytesMax);
    if (options.signal.aborted && !read.ok) return unanswered(causeOfAbort(options.signal), status);
    if (!read.ok && read.code === 'cut') return unanswered({ code: 'cut' }, status);

    const location = redirectOf(reply, request.url);
    const cause: Cause | null = read.ok ? null : { code: read.code };
    const phase: Phase = 'answered';
    const headers = pickReplyHeaders(reply.headers, options.replyHeaders);
    const answer = { phase, status, headers, body: read.ok ? read.body : '', receivedAtMs, location: null };
    if (!location) return { ...answer, cause };
    return { ...answer, location: location.url, cause: cause ?? { code: 'redirected', detail: location.shown } };
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
}

function headOf(request: VendorRequest, socket: Socket): Promise<IncomingMessage | Cause> {
  return new Promise((resolve) => {
    const { url, body, method, headers } = request;
    const outgoing = httpRequest({
      method,
      path: url.pathname + url.search,
      headers: {
        Host: url.host,
        ...headers,
        ...(body || method !== 'GET' ? { 'Content-Length': body?.length ?? 0 } : {}),
      },
      createConnection: () => socket,
      maxHeaderSize: REPLY_HEAD_MAX,
    });
    outgoing.on('response', resolve);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'HPE_HEADER_OVERFLOW') resolve({ code: 'too-large' });
      else resolve({ code: error.code?.startsWith('HPE_') ? 'undecodable' : 'cut' });
    });
    outgoing.end(body ?? undefined);
  });
}

/** A timer aborts with the reason `timeout`; everything else is somebody who went away. */
const causeOfAbort = (signal: AbortSignal): Cause => ({ code: signal.reason === 'timeout' ? 'timeout' : 'aborted' });

/** Where a redirect points: the address itself for the gateway, and its origin and path for a person. */
function redirectOf(reply: IncomingMessage, from: URL): { readonly url: URL | null; readonly shown: string } | null {
  const status = reply.statusCode ?? 0;
  const { location } = reply.headers;
  if (status < 300 || status > 399 || location === undefined) return null;
  if (!URL.canParse(location, from.href)) return { url: null, shown: 'an address that cannot be read' };
  const url = new URL(location, from);
  const shown = /^https?:$/.test(url.protocol) ? url.origin + url.pathname : `an address of the kind ${url.protocol}`;
  return { url, shown: shown.slice(0, 300) };
}
