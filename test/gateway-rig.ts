import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { createGateway, type Gateway } from '../gateway/app.ts';
import type { GatewayConnection, Vendors } from '../gateway/connections.ts';
import type { Limits } from '../gateway/limits.ts';
import { listen } from '../gateway/listen.ts';
import type { Envelope, Hello, Outcome } from '../src/http/envelope.ts';
import type { Params } from '../src/http/operation.ts';
import { toyVendors } from './toy-vendor.ts';

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Beside or instead of what the console's own page sends; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface CallOptions {
  readonly connection?: string;
  readonly baseUrl?: string;
  readonly nonce?: string;
  readonly boot?: string;
  readonly signal?: AbortSignal;
}

export interface Rig {
  readonly gateway: Gateway;
  readonly port: number;
  /** The connections it has now; a test may put others. */
  connections: readonly GatewayConnection[];
  readonly log: readonly string[];
  /** Lets the gateway's clock run ahead. */
  passMs(ms: number): void;
  raw(request: RawRequest): Promise<RawReply>;
  /** As the console's page asks; the body of a refusal too. */
  post(path: string, body: unknown, options?: Pick<RawRequest, 'headers' | 'signal'>): Promise<RawReply>;
  call(operation: string, params: Params, options?: CallOptions): Promise<Envelope>;
  /** A call that the gateway itself should refuse. */
  refused(
    operation: string,
    params: unknown,
    options?: CallOptions,
  ): Promise<{ status: number; type: string; detail: string }>;
  outcome(nonce: string, boot: string): Promise<Outcome>;
  hello(): Promise<Hello>;
  close(): Promise<void>;
}

export const newNonce = (): string => randomBytes(16).toString('base64url');

const ownHeaders = { 'content-type': 'application/json', 'x-keyward': '1', 'sec-fetch-site': 'same-origin' };

/** A gateway over real sockets, with the given connections, and with the toy vendor unless others are given. */
export async function startRig(
  connections: readonly GatewayConnection[],
  options: { readonly limits?: Partial<Limits>; readonly staticRoot?: string; readonly vendors?: Vendors } = {},
): Promise<Rig> {
  const log: string[] = [];
  let aheadMs = 0;
  const rig = { connections };
  const gateway = createGateway({
    vendors: toyVendors,
    connections: { current: () => ({ connections: rig.connections, faults: [] }) },
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() + aheadMs },
    random: (length) => randomBytes(length),
    demo: false,
    log: (line) => log.push(line),
    ...options,
  });
  const listening = await listen(gateway.handler, 0);

  const raw = (request: RawRequest): Promise<RawReply> => ask(listening.port, request);
  const post: Rig['post'] = (path, body, more = {}) =>
    raw({ method: 'POST', path, body: typeof body === 'string' ? body : JSON.stringify(body), ...more });
  const bodyOf = (params: unknown, { baseUrl, nonce, boot }: CallOptions): object => ({
    baseUrl: baseUrl ?? rig.connections[0]?.baseUrl,
    params,
    ...(nonce === undefined ? {} : { nonce, boot: boot ?? gateway.boot }),
    ...(boot === undefined ? {} : { boot }),
  });
  const send = (operation: string, params: unknown, call: CallOptions): Promise<RawReply> =>
    post(`/gw/v1/call/${call.connection ?? 'toy-one'}/${operation}`, bodyOf(params, call), call);

  return Object.assign(rig, {
    gateway,
    port: listening.port,
    log,
    raw,
    post,
    passMs: (ms: number) => {
      aheadMs += ms;
    },
    call: async (operation: string, params: Params, call: CallOptions = {}) => {
      const reply = await send(operation, params, call);
      if (reply.status !== 200) throw new Error(`refused: ${reply.status} ${reply.text}`);
      return JSON.parse(reply.text) as Envelope; // the shape is what the tests look at
    },
    refused: async (operation: string, params: unknown, call: CallOptions = {}) => {
      const reply = await send(operation, params, call);
      if (reply.status < 400) throw new Error(`not refused: ${reply.status} ${reply.text}`);
      const problem = JSON.parse(reply.text) as { type: string; detail?: string }; // as above
      return { status: reply.status, type: problem.type, detail: problem.detail ?? '' };
    },
    outcome: async (nonce: string, boot: string) =>
      JSON.parse((await post('/gw/v1/outcome', { nonce, boot })).text) as Outcome, // as above
    hello: async () => JSON.parse((await raw({ path: '/gw/v1/hello' })).text) as Hello, // as above
    close: async () => {
      gateway.close();
      await listening.close(true);
    },
  });
}

function ask(port: number, { method = 'GET', path, headers = {}, body, signal }: RawRequest): Promise<RawReply> {
  const merged: Readonly<Record<string, string | undefined>> = { ...ownHeaders, ...headers };
  const all: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(merged)) if (value !== undefined) all[name] = value;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: all, agent: false, ...(signal ? { signal } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
