/** A gateway for tests of the fetch layer: a real server on loopback that answers what the test tells it to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallRecord, CallRequest, Caller } from '../src/http/call.ts';
import { createCaller } from '../src/http/create-caller.ts';
import type { Envelope } from '../src/http/envelope.ts';
import { createVendorClocks, type VendorClocks } from '../src/http/vendor-clock.ts';

interface Arrived {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, arrived: Arrived) => void;

export interface ScriptedGateway {
  readonly arrived: readonly Arrived[];
  readonly records: readonly CallRecord[];
  readonly pauses: readonly number[];
  readonly clocks: VendorClocks;
  readonly caller: Caller;
  /** What the next requests are answered with. */
  answer: Answer;
  online: boolean;
  /** A caller that gives up after so many milliseconds. */
  impatient(timeoutMs: number): Caller;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

/** Listens on a free port of loopback. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`; // it listens on a port, not on a pipe
}

export async function startScriptedGateway(): Promise<ScriptedGateway> {
  const arrived: Arrived[] = [];
  const records: CallRecord[] = [];
  const pauses: number[] = [];
  const clocks = createVendorClocks();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const each = { method: request.method, path: request.url, headers: request.headers, body };
      arrived.push(each);
      gateway.answer(response, each);
    });
  });
  const origin = await listen(server);
  const impatient = (timeoutMs: number): Caller =>
    createCaller({
      fetch,
      origin,
      timeoutMs,
      clocks,
      nowMs: () => Date.now(),
      wallMs: () => Date.now(),
      online: () => gateway.online,
      pause(delayMs) {
        pauses.push(delayMs);
        return Promise.resolve();
      },
      onCall: (record) => records.push(record),
    });
  const gateway: ScriptedGateway = {
    arrived,
    records,
    pauses,
    clocks,
    impatient,
    caller: impatient(5_000),
    answer: (response) => response.writeHead(500).end(),
    online: true,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gateway;
}

/** As the gateway does it: the head goes out before the vendor is called, and a blank in front is still JSON. */
export const headFirst = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(' ');
};

export const json =
  (body: unknown, status = 200, type = 'application/json'): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  };

export const hangUp: Answer = (response) => response.socket?.destroy();

export const envelope = (over: Partial<Envelope> = {}): Envelope => ({
  phase: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"a":1}',
  sentAtMs: Date.now(),
  receivedAtMs: Date.now(),
  boot: 'boot-1',
  cause: null,
  tls: null,
  ...over,
});

export const callRequest = (over: Partial<CallRequest> = {}): CallRequest => ({
  connection: 'demo one',
  operation: 'read/it',
  effect: 'read',
  baseUrl: 'https://vendor.example/auth',
  params: { token: 'canary-not-a-real-token' },
  ...over,
});
