/** The network between the gateway and the vendors' servers, its troubles, and a ledger of everything that went over it. */
import type { VendorRequest } from '../../gateway/build-request.ts';
import type { send } from '../../gateway/send.ts';
import type { Envelope } from '../../src/http/envelope.ts';
import type { Chance } from './chance.ts';
import type { Computer } from './computer.ts';
import type { TokenServer } from './token-server.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Asked, Wire, WireReply } from './wires.ts';

/** What becomes of one call. `after` means that the server has done what it was asked before it failed. */
export type Trouble =
  | { readonly kind: 'unreachable' | 'lost' | 'silent-after' | 'cut-after' | 'page' | 'page-after' }
  | { readonly kind: 'fails' | 'fails-after'; readonly status: number }
  /** `only`: what it waits for, past every other call. */
  | {
      readonly kind: 'asks-to-wait';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly only?: Asked['kind'];
    }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Answers that, and does nothing. */
  | { readonly kind: 'says'; readonly reply: WireReply };

/** One call to a server, from the moment at which its bytes may have left. */
export interface Flight extends Asked {
  readonly vendor: string;
  readonly startedAtMs: number;
  /** The name that the page gave the call; empty where it gave none. */
  readonly nonce: string;
  /** The gateway's life that carried it. */
  readonly boot: string;
  /** Refused for a while: it did not count. */
  throttled: boolean;
  endedAtMs: number | null;
}

export interface Server {
  readonly wire: Wire;
  readonly tokens: TokenServer;
  /** For the next calls, one each. */
  readonly troubles: Trouble[];
  /** For every call, until it is over. */
  weather: Trouble | null;
}

export interface VendorNetwork {
  readonly servers: readonly Server[];
  readonly ledger: readonly Flight[];
  readonly send: typeof send;
  server(vendor: string): Server;
}

const PAGE: WireReply = {
  status: 200,
  body: '<html><body><h1>Sign in to the proxy</h1></body></html>',
  headers: { 'content-type': 'text/html' },
};

/** The simulated browser names its calls in its `User-Agent`, which the gateway passes on. */
export const userAgentOf = (nonce: string, boot: string): string => `nonce=${nonce}; boot=${boot}`;

const CALLED = /nonce=([\w-]*); boot=([\w-]*)/;

type Sent = Awaited<ReturnType<typeof send>>;

export function createVendorNetwork(
  time: VirtualTime,
  computer: Computer,
  chance: Chance,
  made: readonly (readonly [Wire, TokenServer])[],
): VendorNetwork {
  const servers = made.map(([wire, tokens]): Server => ({ wire, tokens, troubles: [], weather: null }));
  const ledger: Flight[] = [];

  const over = (phase: Envelope['phase'], sentAtMs: number, more: Partial<Sent>): Sent => ({
    phase,
    status: null,
    headers: {},
    body: '',
    sentAtMs,
    receivedAtMs: computer.clock.wallMs(),
    cause: null,
    tls: null,
    location: null,
    ...more,
  });

  function start(server: Server, request: VendorRequest): Flight {
    const [, nonce = '', boot = ''] = CALLED.exec(request.headers['User-Agent'] ?? '') ?? [];
    const flight: Flight = {
      ...server.wire.asked(request),
      vendor: server.wire.vendor,
      startedAtMs: time.nowMs,
      nonce,
      boot,
      throttled: false,
      endedAtMs: null,
    };
    ledger.push(flight);
    return flight;
  }

  /** What the server does and says; null where nothing comes back. */
  function meet({ wire, tokens }: Server, flight: Flight, trouble: Trouble | null): WireReply | 'cut' | null {
    switch (trouble?.kind) {
      case 'lost':
      case 'unreachable':
        return null;
      case 'says':
        return trouble.reply;
      case 'page':
        return PAGE;
      case 'fails':
        return { status: trouble.status, body: 'Internal error' };
      case 'asks-to-wait':
        // A 500 says nothing of what happened, so the token counts as sent.
        flight.throttled = trouble.status !== 500;
        return {
          status: trouble.status,
          body: '',
          ...(trouble.retryAfter !== null && { headers: { 'retry-after': trouble.retryAfter } }),
        };
      default:
    }
    const reply = wire.answer(flight, tokens);
    switch (trouble?.kind) {
      case 'silent-after':
        return null;
      case 'cut-after':
        return 'cut';
      case 'page-after':
        return PAGE;
      case 'fails-after':
        return { status: trouble.status, body: 'Internal error' };
      default:
        return reply;
    }
  }

  const outward = (trouble: Trouble | null): number => (trouble?.kind === 'slow' ? trouble.ms : chance.between(2, 60));

  const sendOver: typeof send = (request, { signal }) =>
    new Promise((resolve) => {
      const server = servers.find(({ wire }) => wire.connection.baseUrl === request.url.origin);
      if (!server) throw new Error(`Nobody answers at ${request.url.origin}`);
      const { kind } = server.wire.asked(request);
      const meant = server.troubles.findIndex((one) => !('only' in one) || one.only === kind);
      const [next] = meant === -1 ? [] : server.troubles.splice(meant, 1);
      const trouble = next ?? server.weather;
      const sentAtMs = computer.clock.wallMs();
      if (trouble?.kind === 'unreachable') {
        resolve(over('not-sent', sentAtMs, { cause: { code: 'unreachable' } }));
        return;
      }
      const flight = start(server, request);
      const finish = (sent: Sent): void => {
        flight.endedAtMs ??= time.nowMs;
        resolve(sent);
      };
      signal.addEventListener('abort', () => finish(over('sent', sentAtMs, { cause: { code: 'timeout' } })));
      time.at(time.nowMs + outward(trouble), () => {
        const reply = meet(server, flight, trouble);
        if (reply === null) return;
        const dateOf = new Date(server.tokens.nowMs()).toUTCString();
        time.at(time.nowMs + chance.between(2, 60), () =>
          computer.whenAwake(() => {
            if (reply === 'cut') return finish(over('sent', sentAtMs, { status: 200, cause: { code: 'cut' } }));
            const headers = { 'content-type': 'application/json', date: dateOf, ...reply.headers };
            finish(over('answered', sentAtMs, { status: reply.status, body: reply.body, headers }));
          }),
        );
      });
    });

  return {
    servers,
    ledger,
    send: sendOver,
    server(vendor) {
      const found = servers.find(({ wire }) => wire.vendor === vendor);
      if (!found) throw new Error(`There is no server of ${vendor}`);
      return found;
    },
  };
}
