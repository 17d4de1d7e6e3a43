import { createHash } from 'node:crypto';
import type { Cause, Envelope, Phase } from '../src/http/envelope.ts';
import type { Operation } from '../src/http/operation.ts';
import type { Clock, Timers } from '../src/lib/clock.ts';
import { buildRequest, type VendorRequest } from './build-request.ts';
import { readCallBody, type CallBody } from './call-body.ts';
import { arriveAt } from './callback.ts';
import type { ConnectionSource, GatewayConnection, Vendors } from './connections.ts';
import type { Flights } from './flights.ts';
import { callMsOf, needsNonce, runsToItsEnd, type Limits } from './limits.ts';
import type { Outcomes } from './outcomes.ts';
import type { Park } from './park.ts';
import { Problem } from './problem.ts';
import { send, type Sent } from './send.ts';

/** A call as the page asked for it. */
export interface AskedCall {
  readonly connection: string;
  readonly operation: string;
  readonly raw: Buffer;
  readonly userAgent: string | undefined;
  readonly clientAddress: string | undefined;
  /** `http://localhost:4600`: where a vendor's redirect may bring a code. */
  readonly ownOrigin: string;
  /** The browser went away. */
  readonly gone: AbortSignal;
}

export interface Carrier {
  /** Everything that can be refused is refused here, with a `Problem`; what is returned runs the call and never throws. */
  prepare(call: AskedCall): () => Promise<Envelope>;
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
}

export interface CarrierParts {
  readonly vendors: Vendors;
  readonly connections: ConnectionSource;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly outcomes: Outcomes;
  readonly park: Park;
  readonly flights: Flights;
  log(line: string): void;
  /** The machine's own where left out. */
  readonly timers?: Timers;
  /** Over `node:http` where left out. */
  readonly send?: typeof send;
}

const ownTimers: Timers = {
  set: (run, delayMs) => setTimeout(run, delayMs),
  clear: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>); // only ever a handle that `set` above returned
  },
};

interface Ready {
  readonly call: AskedCall;
  readonly connection: GatewayConnection;
  readonly operation: Operation;
  readonly request: VendorRequest;
}

export function createCarrier(parts: CarrierParts): Carrier {
  const { outcomes } = parts;
  const underWay = new Set<Promise<Envelope>>();

  const without = (phase: Phase, cause: Cause): Envelope => {
    const nowMs = parts.clock.wallMs();
    const times = { sentAtMs: nowMs, receivedAtMs: nowMs };
    return { phase, status: null, headers: {}, body: '', ...times, boot: outcomes.boot, cause, tls: null };
  };

  function start(body: CallBody, call: AskedCall): () => Promise<Envelope> {
    const { connection, operation } = find(parts, call);
    if (needsNonce(operation.effect) && body.nonce === undefined) throw new Problem('nonce-needed');
    if (body.baseUrl !== connection.baseUrl) {
      const detail = 'The connection names another server now.';
      return () => Promise.resolve(without('not-sent', { code: 'base-url-changed', detail }));
    }
    const { userAgent, clientAddress } = call;
    const takeCode = (state: string): string | undefined => parts.park.take(connection.id, state);
    const request = buildRequest(operation, { connection, params: body.params, takeCode, userAgent, clientAddress });
    return async () => {
      const sent = await carry(parts, { call, connection, operation, request });
      const { location: _location, ...envelope } = sent;
      return { ...envelope, boot: outcomes.boot };
    };
  }

  /** Runs on even if nobody waits; a fault of ours must not leave the nonce running for ever. */
  function track(run: () => Promise<Envelope>, settle: (envelope: Envelope) => void): Promise<Envelope> {
    const running = run().catch((error: unknown) => {
      parts.log(`a call failed inside the gateway: ${error instanceof Error ? error.name : 'unknown error'}`);
      return without('sent', { code: 'cut', detail: 'The gateway failed while it carried the call.' });
    });
    underWay.add(running);
    return running.then((envelope) => {
      underWay.delete(running);
      settle(envelope);
      return envelope;
    });
  }

  return {
    prepare(call) {
      const body = readCallBody(call.raw);
      // A browser sends a POST again when its connection dies early. So what became of the first one is looked up before
      // anything else is judged: a file that changed in between must not turn "sent" into "refused".
      if (body.boot !== undefined && body.boot !== outcomes.boot) {
        return () => Promise.resolve(without('sent', { code: 'other-boot' }));
      }
      if (body.nonce === undefined) {
        const run = start(body, call);
        return () => track(run, () => undefined);
      }
      const meeting = outcomes.meet(body.nonce, fingerprintOf(call));
      switch (meeting.kind) {
        case 'first': {
          const run = start(body, call);
          const settle = meeting.begin();
          return () => track(run, settle);
        }
        case 'known':
          return () => meeting.envelope;
        case 'fenced':
          return () => Promise.resolve(without('not-sent', { code: 'fenced' }));
        case 'gone':
          return () =>
            Promise.resolve(without('sent', { code: 'cut', detail: 'The answer was kept for a while and dropped.' }));
        case 'other-body':
          throw new Problem('nonce-reused');
        default:
          return meeting satisfies never;
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

const fingerprintOf = ({ connection, operation, raw }: AskedCall): string =>
  createHash('sha256').update(`${connection}/${operation}\n`).update(raw).digest('base64url');

function find(parts: CarrierParts, call: AskedCall): Pick<Ready, 'connection' | 'operation'> {
  const connection = parts.connections.current().connections.find(({ id }) => id === call.connection);
  if (!connection) throw new Problem('unknown-connection');
  const operations = parts.vendors[connection.provider]?.operations ?? {};
  const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
  if (!operation) throw new Problem('unknown-operation');
  return { connection, operation };
}

async function carry(parts: CarrierParts, ready: Ready): Promise<Sent> {
  const { call, operation, request } = ready;
  const { timers = ownTimers } = parts;
  const startedMs = parts.clock.monotonicMs();
  const stop = new AbortController();
  const timer = timers.set(() => stop.abort('timeout'), callMsOf(operation.effect, parts.limits));
  const leave = (): void => stop.abort('gone');
  if (!runsToItsEnd(operation.effect)) {
    if (call.gone.aborted) leave();
    call.gone.addEventListener('abort', leave);
  }
  try {
    const release = await parts.flights.take(request.url.origin, stop.signal);
    const sent =
      release === 'busy' ? busy(parts.clock.wallMs()) : await fly(parts, ready, stop.signal).finally(release);
    parts.log(lineOf(ready, sent, parts.clock.monotonicMs() - startedMs));
    return sent;
  } finally {
    timers.clear(timer);
    call.gone.removeEventListener('abort', leave);
  }
}

async function fly(parts: CarrierParts, ready: Ready, signal: AbortSignal): Promise<Sent> {
  const { call, connection, operation, request } = ready;
  const sent = await (parts.send ?? send)(request, {
    connection,
    signal,
    limits: parts.limits,
    replyHeaders: operation.replyHeaders ?? [],
    wallMs: () => parts.clock.wallMs(),
  });
  if (!operation.redirectCarriesCode || !sent.location) return sent;
  const callback = `${call.ownOrigin}/callback/${connection.id}`;
  return parkArrivalOf(sent, sent.location, callback, (query) => arriveAt(parts.park, connection.id, query));
}

/**
 * A redirect to exactly the registered callback brings the code of an announced state, or the vendor's refusal of it; any
 * other stays a redirect.
 */
function parkArrivalOf(sent: Sent, location: URL, callback: string, arrive: (query: URLSearchParams) => boolean): Sent {
  if (location.origin + location.pathname !== callback || !arrive(location.searchParams)) return sent;
  return { ...sent, body: '', cause: null };
}

const busy = (nowMs: number): Sent => ({
  phase: 'not-sent',
  status: null,
  headers: {},
  body: '',
  sentAtMs: nowMs,
  receivedAtMs: nowMs,
  cause: { code: 'busy', detail: 'Too many calls to this server are under way.' },
  tls: null,
  location: null,
});

/** Connection, operation, outcome, milliseconds, bytes out and back: names from the operator and from a table, no value. */
function lineOf({ connection, operation, request, call }: Ready, sent: Sent, tookMs: number): string {
  const became = sent.status === null ? sent.phase : String(sent.status);
  const cause = sent.cause ? ` (${sent.cause.code})` : '';
  const bytes = `${request.body?.length ?? 0} out, ${Buffer.byteLength(sent.body)} back`;
  return `${connection.id} ${call.operation} [${operation.effect}] ${became}${cause} ${Math.round(tookMs)} ms, ${bytes}`;
}
