import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Hello } from '../src/http/envelope.ts';
import type { Clock } from '../src/lib/clock.ts';
import type { RandomBytes } from '../src/lib/random.ts';
import { readBytes, readOutcomeBody, readParkBody } from './call-body.ts';
import { answerCallback } from './callback.ts';
import { createCarrier } from './carry.ts';
import { publicPart, type ConnectionSource, type Vendors } from './connections.ts';
import { createFlights } from './flights.ts';
import { assertHost, assertJson, assertNavigation, assertOwnPage } from './host-guard.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { assertOperationTables } from './operation-tables.ts';
import { createOutcomes } from './outcomes.ts';
import { createPark } from './park.ts';
import { Problem } from './problem.ts';
import { answerHeaders } from './security-headers.ts';
import { createStatic } from './static.ts';

export interface GatewayOptions {
  readonly vendors: Vendors;
  readonly connections: ConnectionSource;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** The servers behind the connections are the project's own stand-ins. */
  readonly demo: boolean;
  /** The built page; nothing but the gateway's own calls is served where left out. */
  readonly staticRoot?: string;
  readonly limits?: Partial<Limits>;
  log(line: string): void;
}

export interface Gateway {
  /** For a server of `node:http`, or a middleware of the same shape. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly boot: string;
  /** Resolves when no call to a vendor is under way. */
  idle(): Promise<void>;
  /** Stops the timers; it does not end calls. */
  close(): void;
}

type Bindings = { readonly Bindings: HttpBindings };

const SWEEP_MS = 5_000;
const routes = /^\/gw\/v1\/(?:hello|health|outcome|park|call\/[^/]+\/[^/]+)$/;
const readable = /^\/gw\/v1\/(?:hello|health)$/;

/** The gateway as one request handler. Throws where an operation table would break its rules. */
export function createGateway(options: GatewayOptions): Gateway {
  assertOperationTables(options.vendors);
  const { connections, clock, log } = options;
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const outcomes = createOutcomes({ clock, random: options.random, limits });
  const park = createPark(clock, limits);
  const carrier = createCarrier({ ...options, limits, outcomes, park, flights: createFlights(limits) });
  const sweeping = setInterval(() => outcomes.sweep(), SWEEP_MS).unref();

  const app = new Hono<Bindings>();
  app.use('/gw/*', async ({ req, env: { incoming } }, next) => {
    assertHost(incoming);
    if (!routes.test(req.path)) throw new Problem('not-found');
    const method = readable.test(req.path) ? 'GET' : 'POST';
    if (req.method !== method) throw new Problem('method-not-allowed', `Use ${method}.`);
    if (req.path !== '/gw/v1/health') assertOwnPage(incoming);
    if (method === 'POST') assertJson(incoming);
    await next();
  });

  app.get('/gw/v1/health', () => new Response(null, { status: 204, headers: answerHeaders }));

  app.get('/gw/v1/hello', () => {
    const current = connections.current();
    const hello: Hello = {
      boot: outcomes.boot,
      connections: current.connections.map(publicPart),
      configurationFaults: current.faults,
      demo: options.demo,
    };
    return answer(hello);
  });

  app.post('/gw/v1/call/:connection/:operation', async ({ req, env: { incoming, outgoing } }) => {
    const gone = new AbortController();
    outgoing.on('error', () => undefined);
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    const run = carrier.prepare({
      connection: req.param('connection'),
      operation: req.param('operation'),
      raw: await readBytes(incoming, limits.requestBytesMax),
      userAgent: incoming.headers['user-agent'],
      clientAddress: incoming.socket.remoteAddress?.replace(/^::ffff:/, ''),
      ownOrigin: `http://${incoming.headers.host ?? ''}`,
      gone: gone.signal,
    });
    await startAnswer(outgoing);
    const envelope = await run();
    outgoing.end(JSON.stringify(envelope));
    return RESPONSE_ALREADY_SENT;
  });

  app.post('/gw/v1/outcome', async ({ env: { incoming } }) => {
    const { nonce, boot } = readOutcomeBody(await readBytes(incoming, limits.requestBytesMax));
    return answer(outcomes.ask(nonce, boot));
  });

  app.post('/gw/v1/park', async ({ env: { incoming } }) => {
    const { connection, state, what } = readParkBody(await readBytes(incoming, limits.requestBytesMax));
    if (!connections.current().connections.some(({ id }) => id === connection)) throw new Problem('unknown-connection');
    const place = park[what](connection, state);
    if (place === 'full') throw new Problem('too-many-states');
    return answer(place);
  });

  app.get('/callback/:connection', ({ req, env: { incoming } }) => {
    if (req.method !== 'GET') throw new Problem('method-not-allowed', 'Use GET.');
    assertNavigation(incoming);
    return answerCallback(park, req.param('connection'), new URL(req.url).searchParams, log);
  });

  const files = options.staticRoot === undefined ? undefined : createStatic(options.staticRoot);
  app.all('*', ({ req, env: { incoming } }) => {
    const host = assertHost(incoming);
    const header = (name: string): string | undefined => req.header(name);
    const found = files?.({ method: req.method, path: req.path, target: incoming.url ?? '/', host, header });
    if (found) return found;
    throw new Problem(req.method === 'GET' || req.method === 'HEAD' ? 'not-found' : 'method-not-allowed');
  });

  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    // An error's message may quote what it choked on.
    log(
      `the gateway failed: ${error.name} ${
        (error.stack ?? '')
          .split('\n')
          .find((line) => line.includes(' at '))
          ?.trim() ?? ''
      }`,
    );
    return new Problem('gateway-fault').toResponse();
  });

  return {
    handler: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    get boot() {
      return outcomes.boot;
    },
    idle: () => carrier.idle(),
    close: () => clearInterval(sweeping),
  };
}

const answer = (body: object): Response =>
  new Response(JSON.stringify(body), { headers: { ...answerHeaders, 'content-type': 'application/json' } });

/**
 * Puts the head and a first byte on the wire, and waits until they are, before the vendor is called: from then on a
 * browser whose connection dies does not send the POST again. A blank in front is still JSON. Never throws.
 */
function startAnswer(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', resolve);
    // A browser that is gone already closes nothing any more, and the call must not wait for it for ever.
    if (outgoing.destroyed) resolve();
    outgoing.writeHead(200, { ...answerHeaders, 'content-type': 'application/json' });
    outgoing.write(' ', () => resolve());
  });
}
