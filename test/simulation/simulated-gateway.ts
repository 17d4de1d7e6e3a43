/**
 * The gateway as a page meets it: the product's own memory of outcomes and its own carrier, behind a connection that can
 * break and in a process that can be killed. Requests and answers are the ones of the real one; `gateway-contract.ts`
 * holds the two against each other.
 */
import { createCarrier, type Carrier } from '../../gateway/carry.ts';
import { publicPart, type GatewayConnection } from '../../gateway/connections.ts';
import { createFlights } from '../../gateway/flights.ts';
import { defaultLimits } from '../../gateway/limits.ts';
import { createOutcomes, type Outcomes } from '../../gateway/outcomes.ts';
import { createPark } from '../../gateway/park.ts';
import { Problem } from '../../gateway/problem.ts';
import type { send } from '../../gateway/send.ts';
import { vendors } from '../../gateway/vendors.ts';
import type { Chance } from './chance.ts';
import type { Computer } from './computer.ts';
import type { Errand } from './errand.ts';
import { forgetTimeout } from './timeout.ts';
import { userAgentOf } from './vendor-network.ts';

export interface SimulatedGateway {
  readonly boot: string | null;
  readonly log: readonly string[];
  /** Every request that a page began: its path, body and tab. */
  readonly posts: readonly Post[];
  start(): void;
  /**
   * The process dies. What the vendor has begun it ends. A browser sends again what had no head of an answer yet, and
   * here now and then, or always, what had one.
   */
  kill(sentAgain?: 'now-and-then' | 'always'): void;
  fetchFor(errand: Errand): typeof fetch;
  /** The next such answer never reaches its page. Gives whether that has happened. */
  cutNext(pathEnd: string): () => boolean;
}

export interface Post {
  readonly errand: Errand;
  readonly path: string;
  readonly body: string;
}

interface Exchange extends Post {
  /** Of the page that asked; made with the call, because most questions are over at once. */
  gone: AbortController | null;
  /** The head of the answer is on its way: from then on a browser does not send again. */
  flushed: boolean;
  answer(status: number, text: string): void;
  lose(): void;
}

interface Process {
  readonly outcomes: Outcomes;
  readonly carrier: Carrier;
}

interface Surroundings {
  readonly computer: Computer;
  readonly chance: Chance;
  readonly connections: readonly GatewayConnection[];
  readonly send: typeof send;
}

/** One for all: an error is dear, and nobody reads it. */
const LEFT = new DOMException('The page is gone.', 'AbortError');
const HELLO = '/gw/v1/hello';
const CALL = /^\/gw\/v1\/call\/([^/]+)\/([^/]+)$/;

export function createSimulatedGateway({ computer, chance, connections, send }: Surroundings): SimulatedGateway {
  const open = new Set<Exchange>();
  const log: string[] = [];
  const posts: Post[] = [];
  let running: Process | null = null;
  let cutting: string | null = null;

  const later = (run: () => void, mostMs: number): void => {
    computer.timers.set(run, chance.between(0, mostMs));
  };

  function start(): void {
    const { clock, timers } = computer;
    const limits = defaultLimits;
    const outcomes = createOutcomes({ clock, random: (length) => chance.bytes(length), limits });
    const parts = { vendors, clock, limits, outcomes, timers, send, log: (line: string) => void log.push(line) };
    const source = { current: () => ({ connections, faults: [] }) };
    const own = { connections: source, park: createPark(clock, limits), flights: createFlights(limits) };
    running ??= { outcomes, carrier: createCarrier({ ...parts, ...own }) };
  }

  const file = { connections: connections.map(publicPart), configurationFaults: [], demo: false };
  let said = { boot: '', text: '' };
  /** Asked every few seconds by every tab, and seldom another than before. */
  function helloOf({ outcomes: { boot } }: Process): string {
    if (said.boot !== boot) said = { boot, text: JSON.stringify({ boot, ...file }) };
    return said.text;
  }

  function arrive(exchange: Exchange): void {
    if (!open.has(exchange)) return;
    if (!running) return exchange.lose();
    try {
      serve(running, exchange);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const body = {
        type: error.type,
        title: error.message,
        code: error.type === 'bad-parameter' ? error.type : 'gateway-refused',
      };
      exchange.answer(error.status, JSON.stringify(body));
    }
  }

  function serve(mine: Process, exchange: Exchange): void {
    const { path, body } = exchange;
    const answer = (value: object): void => exchange.answer(200, JSON.stringify(value));
    if (path === HELLO) return exchange.answer(200, helloOf(mine));
    if (path === '/gw/v1/outcome') {
      const { nonce, boot } = JSON.parse(body) as { nonce: string; boot: string }; // the page's own words
      return answer(mine.outcomes.ask(nonce, boot));
    }
    const [, connection = '', operation = ''] = CALL.exec(path) ?? [];
    const { nonce = '' } = JSON.parse(body) as { nonce?: string }; // as above
    const gone = new AbortController();
    exchange.gone = gone;
    const run = mine.carrier.prepare({
      connection,
      operation,
      raw: Buffer.from(body),
      // A vendor's ledger knows the call again by this.
      userAgent: userAgentOf(nonce, mine.outcomes.boot),
      clientAddress: undefined,
      ownOrigin: 'http://localhost:4600',
      gone: gone.signal,
    });
    later(() => {
      if (running !== mine) return;
      exchange.flushed = true;
      void run().then((envelope) => {
        if (running !== mine) return;
        if (cutting === null || !path.endsWith(cutting)) return answer(envelope);
        cutting = null;
        exchange.lose();
      });
    }, 1);
  }

  return {
    log,
    posts,
    get boot() {
      return running?.outcomes.boot ?? null;
    },
    start,
    kill(sentAgain = 'now-and-then') {
      running = null;
      for (const exchange of [...open]) {
        // The worst case: even an answer that had begun is asked for again.
        const again = !exchange.flushed || sentAgain === 'always' || chance.happens(0.3);
        exchange.flushed = false;
        if (again) later(() => arrive(exchange), 3_000);
        else exchange.lose();
      }
    },
    cutNext(pathEnd) {
      cutting = pathEnd;
      return () => cutting === null;
    },
    fetchFor: (errand) => (input, init) =>
      new Promise((resolve, reject) => {
        const post: Post = {
          errand,
          path: typeof input === 'string' ? input : '',
          body: typeof init?.body === 'string' ? init.body : '',
        };
        posts.push(post);
        // Four of five calls: its two ways are one event.
        const isHello = post.path === HELLO;
        const end = (run: () => void): void => {
          if (!open.delete(exchange)) return;
          init?.signal?.removeEventListener('abort', leave);
          if (init?.signal) forgetTimeout(init.signal);
          const arrived = (): void => errand.deliver(run);
          if (isHello) arrived();
          else later(arrived, 2);
        };
        const exchange: Exchange = {
          ...post,
          gone: null,
          flushed: false,
          answer: (status, text) => {
            // Of a response the fetch layer reads the status and the text alone.
            end(() => resolve({ status, text: () => Promise.resolve(text) } as Response));
          },
          lose: () => end(() => reject(new TypeError('Failed to fetch'))),
        };
        const leave = (): void => {
          exchange.gone?.abort(LEFT);
          exchange.lose();
        };
        open.add(exchange);
        init?.signal?.addEventListener('abort', leave);
        errand.onEnd(() => {
          exchange.gone?.abort(LEFT);
          open.delete(exchange);
        });
        later(() => arrive(exchange), isHello ? 4 : 2);
      }),
  };
}
