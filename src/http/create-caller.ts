import { isOnThisMachine } from '../lib/loopback.ts';
import type { CallRecord, CallRequest, Caller, Reply } from './call.ts';
import type { Cause, CauseCode, Envelope, Hello, Outcome } from './envelope.ts';
import { GatewayError } from './gateway-error.ts';
import { readEnvelope, readHello, readOutcome, readParkState, readProblem } from './gateway-schema.ts';
import { readJson } from './json.ts';
import { redact } from './redact.ts';
import type { VendorClocks } from './vendor-clock.ts';

/** A gateway lets a call run for 30 s; what is not back by then will not come. */
const TIMEOUT_MS = 35_000;
const RETRY_PAUSE_MS = 400;
/** Gateway and page share one machine and so one wall clock; a stamp further off is of an earlier call. */
const SAME_CLOCK_MS = 1_000;

export interface CallerPorts {
  readonly fetch: typeof fetch;
  /** Milliseconds on the hybrid clock. */
  nowMs(): number;
  /** Milliseconds since 1970. */
  wallMs(): number;
  /** Resolves after so many milliseconds. */
  pause(delayMs: number): Promise<void>;
  /** False where the browser is sure that there is no network. */
  online(): boolean;
  readonly clocks: Pick<VendorClocks, 'observe'>;
  /** Told of every finished attempt. */
  onCall(record: CallRecord): void;
  /** Where the gateway is; the page's own origin where left out. */
  readonly origin?: string;
  readonly timeoutMs?: number;
  /** A signal that fires after so many milliseconds; the machine's own where left out. */
  readonly timeout?: (afterMs: number) => AbortSignal;
}

/**
 * The way from the page to the gateway. `call` and `outcome` never reject: what the network or a server did is in the
 * envelope, and an `outcome` that could not be asked is `running`, which means ask again. `hello` rejects with a
 * `GatewayError`.
 *
 * A call is sent once, whatever happens; only a `read` whose answer was lost is sent once more, and one with a nonce only
 * where the gateway may have its answer.
 */
export function createCaller(ports: CallerPorts): Caller {
  const ask = createAsk(ports);
  const hello = createHello(ask);
  let lastId = 0;

  const send = async (request: CallRequest): Promise<Reply> => {
    const startedAtMs = ports.nowMs();
    const atMs = ports.wallMs();
    const envelope = await carry(ports, ask, request, atMs, hello);
    const receivedAtMs = ports.nowMs();
    if (isOwnAnswer(request, envelope, atMs, ports.wallMs())) {
      ports.clocks.observe(request.connection, { date: envelope.headers['date'], startedAtMs, receivedAtMs });
    }
    lastId += 1;
    ports.onCall(recordOf(lastId, request, envelope, atMs, receivedAtMs - startedAtMs));
    return { envelope, json: readJson(envelope.body), startedAtMs };
  };

  return {
    hello,
    async call(request) {
      const reply = await send(request);
      if (!mayRepeat(request, reply.envelope)) return reply;
      await ports.pause(RETRY_PAUSE_MS);
      return request.signal?.aborted ? reply : await send(request);
    },
    async outcome(nonce, boot): Promise<Outcome> {
      const answer = await ask('outcome', { body: { nonce, boot } });
      if (answer.kind === 'lost' || answer.status >= 500) return { state: 'running' };
      // A gateway that refuses the question, or answers it in another tongue, is not the one that carried the call.
      return (answer.status === 200 ? readOutcome(readJson(answer.text)) : undefined) ?? { state: 'unknown' };
    },
    async park(connection, state, what) {
      const answer = await ask('park', { body: { connection, state, ...(what !== 'announce' && { [what]: true }) } });
      return answer.kind === 'answered' && answer.status === 200 ? readParkState(readJson(answer.text)) : undefined;
    },
  };
}

type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'lost'; readonly why: 'timeout' | 'aborted' | 'network' };

interface Question {
  /** Sent as JSON by POST; a GET where left out. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly keepalive?: boolean;
}

type Ask = (path: string, question: Question) => Promise<Answer>;

function createAsk(ports: CallerPorts): Ask {
  const { fetch: fetchOf, origin = '', timeoutMs = TIMEOUT_MS } = ports;
  return async (path, { body, signal, keepalive = false }) => {
    const timeout = ports.timeout?.(timeoutMs) ?? AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetchOf(`${origin}/gw/v1/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        // A page cannot be made to send this header to us from another origin without a preflight, which is refused.
        headers: { accept: 'application/json', 'content-type': 'application/json', 'x-keyward': '1' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        keepalive,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      // The head comes before the vendor is called, so the body is where an answer is lost.
      return { kind: 'answered', status: response.status, text: await response.text() };
    } catch {
      return { kind: 'lost', why: signal?.aborted ? 'aborted' : timeout.aborted ? 'timeout' : 'network' };
    }
  };
}

function createHello(ask: Ask): Caller['hello'] {
  let lastText = '';
  let last: Hello | undefined;
  return async (signal) => {
    const answer = await ask('hello', { ...(signal && { signal }) });
    if (answer.kind === 'lost') throw new GatewayError(answer.why === 'aborted' ? 'aborted' : 'gateway-unreachable');
    if (answer.status !== 200) throw new GatewayError(answer.status < 500 ? 'gateway-refused' : 'gateway-unreachable');
    // Asked every few seconds for as long as somebody looks, and seldom another than before.
    if (answer.text !== lastText) last = readHello(readJson(answer.text));
    lastText = answer.text;
    if (!last) throw new GatewayError('gateway-unreadable');
    return last;
  };
}

/** One attempt, and what became of it. */
async function carry(
  ports: CallerPorts,
  ask: Ask,
  request: CallRequest,
  sentAtMs: number,
  hello: Caller['hello'],
): Promise<Envelope> {
  const own = (phase: 'not-sent' | 'sent', code: CauseCode, detail?: string): Envelope => ({
    phase,
    status: null,
    headers: {},
    body: '',
    sentAtMs,
    receivedAtMs: ports.wallMs(),
    boot: null,
    cause: { code, ...(detail && { detail: redact(detail) }) } satisfies Cause,
    tls: null,
  });
  if (request.signal?.aborted) return own('not-sent', 'aborted');
  if (!ports.online() && !(await reachesLoopback(request.baseUrl, hello))) return own('not-sent', 'offline');

  const { baseUrl, params, nonce, boot, signal, keepalive } = request;
  const answer = await ask(`call/${encodeURIComponent(request.connection)}/${encodeURIComponent(request.operation)}`, {
    body: { baseUrl, params, ...(nonce !== undefined && { nonce }), ...(boot !== undefined && { boot }) },
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  });
  if (answer.kind === 'lost') return own('sent', answer.why === 'network' ? 'gateway-unreachable' : answer.why);
  if (answer.status >= 200 && answer.status < 300) {
    return (
      readEnvelope(readJson(answer.text)) ?? own('sent', 'gateway-unreachable', 'Its answer was cut or unreadable.')
    );
  }
  if (answer.status >= 400 && answer.status < 500) {
    const problem = readProblem(readJson(answer.text));
    const code = problem?.code ?? 'gateway-refused';
    // A browser may post again by itself: to another life of the gateway, which cannot know whether the first arrived.
    return own(code === 'other-boot' ? 'sent' : 'not-sent', code, problem?.detail ?? problem?.title);
  }
  return own('sent', 'gateway-unreachable');
}

/**
 * A machine without a network still reaches itself, and the demo's servers with it. The gateway is asked something
 * harmless first, so that a call that then fails is still certain not to have been sent.
 */
async function reachesLoopback(baseUrl: string, hello: Caller['hello']): Promise<boolean> {
  if (!isOnThisMachine(baseUrl)) return false;
  return await hello().then(
    () => true,
    () => false,
  );
}

/** A kept answer to a nonce asked before says nothing of the clock now. */
function isOwnAnswer(request: CallRequest, envelope: Envelope, fromMs: number, untilMs: number): boolean {
  if (envelope.phase !== 'answered') return false;
  if (request.nonce === undefined) return true;
  return envelope.sentAtMs >= fromMs - SAME_CLOCK_MS && envelope.receivedAtMs <= untilMs + SAME_CLOCK_MS;
}

function mayRepeat({ effect, signal, nonce }: CallRequest, { phase, cause }: Envelope): boolean {
  if (effect !== 'read' || phase !== 'sent' || signal?.aborted) return false;
  return cause?.code === 'gateway-unreachable' || (cause?.code === 'cut' && nonce === undefined);
}

function recordOf(
  id: number,
  { connection, operation, effect }: CallRequest,
  { phase, status, cause }: Envelope,
  atMs: number,
  durationMs: number,
): CallRecord {
  return { id, atMs, connection, operation, effect, phase, status, durationMs, cause };
}
