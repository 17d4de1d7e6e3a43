/** A way to the server that a test can watch and hold, on an address and under a path of its own. */
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passed {
  readonly method: string;
  /** As the server has it. */
  readonly path: string;
  /** The fields of a form; empty where there was none. */
  readonly form: URLSearchParams;
  readonly origin: string | undefined;
  /** The server's; null until it has answered. */
  status: number | null;
}

export interface Held {
  /** It stands there now. */
  readonly reached: Promise<void>;
  release(): void;
}

export interface Way {
  /** What a connection names in place of the server's own base URL. */
  readonly baseUrl: string;
  readonly passed: readonly Passed[];
  /** Stops the next call that fits, before the server gets it or before its answer comes back. */
  hold(fits: (call: Passed) => boolean, where: 'before' | 'after'): Held;
  close(): Promise<void>;
}

export const isSignIn = ({ form }: Passed): boolean => form.get('grant_type') === 'password';
export const isRefresh = ({ form }: Passed): boolean => form.get('grant_type') === 'refresh_token';
export const isLogOut = ({ path }: Passed): boolean => path.endsWith('/protocol/openid-connect/logout');

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function createGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

interface Barrier {
  readonly fits: (call: Passed) => boolean;
  readonly where: 'before' | 'after';
  readonly arrival: Gate;
  readonly departure: Gate;
}

/**
 * `under`: the path that stands here for the one of `serverBaseUrl`. The `Host` header is passed on, so that the server
 * takes this way's address for its own, as it does behind a proxy that is set up rightly.
 */
export async function openWay(serverBaseUrl: string, under: string): Promise<Way> {
  const server = new URL(serverBaseUrl);
  const passed: Passed[] = [];
  const barriers: Barrier[] = [];

  async function stopAt(where: Barrier['where'], call: Passed): Promise<void> {
    const at = barriers.findIndex((one) => one.where === where && one.fits(call));
    const [barrier] = at < 0 ? [] : barriers.splice(at, 1);
    barrier?.arrival.open();
    await barrier?.departure.opened;
  }

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '', headers } = incoming;
    const body = await bytesOf(incoming);
    if (!url.startsWith(`${under}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const path = `${server.pathname.replace(/\/$/, '')}${url.slice(under.length)}`;
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const form = new URLSearchParams(isForm ? body.toString('utf8') : '');
    const call: Passed = { method, path, form, origin: headers.origin, status: null };
    passed.push(call);
    await stopAt('before', call);
    const sent = forward({ host: server.hostname, port: server.port, method, path, headers });
    const answering = once(sent, 'response') as Promise<[IncomingMessage]>; // what node gives with this event
    sent.end(body);
    const [answer] = await answering;
    const answered = await bytesOf(answer);
    call.status = answer.statusCode ?? 502;
    await stopAt('after', call);
    const { 'transfer-encoding': _chunked, ...rest } = answer.headers;
    outgoing.writeHead(call.status, rest).end(answered);
  }

  const listener = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo; // a listening TCP server has one
  return {
    baseUrl: `http://127.0.0.1:${port}${under}`,
    passed,
    hold(fits, where) {
      const arrival = createGate();
      const departure = createGate();
      barriers.push({ fits, where, arrival, departure });
      return { reached: arrival.opened, release: departure.open };
    },
    async close() {
      listener.closeAllConnections();
      listener.close();
      await once(listener, 'close');
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer); // no encoding was set
  return Buffer.concat(chunks);
}
