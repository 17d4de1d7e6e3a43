import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Whether [::1] is held as well; false only where this machine has no IPv6. */
  readonly both: boolean;
  /** Takes no new connections and resolves when the open ones have ended; `hard` ends them. */
  close(hard?: boolean): Promise<void>;
}

/** A sentence for the person who started the program. */
export class ListenFault extends Error {
  override readonly name = 'ListenFault';
}

const loopbacks: readonly string[] = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Throws a `ListenFault` for a host other than loopback. */
export function assertLoopback(host: string): void {
  if (loopbacks.includes(host)) return;
  throw new ListenFault(
    `The gateway does not listen on ${host}. Whoever reaches it can call your servers through it, and it has no sign-in of its own. It stays on this machine until it can be put behind a proxy that authenticates; leave --host out.`,
  );
}

const ATTEMPTS_MAX = 20;

/**
 * Listens on 127.0.0.1 and [::1], the same port, or not at all: a browser that is told `localhost` may take either, and
 * whoever held the other one would own the console's origin, and with it everything that the browser keeps for it.
 * Port 0 takes any port that is free on both. Throws a `ListenFault` for a port in use.
 */
export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
  port: number,
): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const first = createGatewayServer(handler);
    await bind(first, '127.0.0.1', port);
    // A server that listens on a port has an address with one.
    const { port: taken } = first.address() as AddressInfo;
    const second = createGatewayServer(handler);
    try {
      await bind(second, '::1', taken);
      return running([first, second], taken);
    } catch (error) {
      if (isWithoutIpv6(error)) return running([first], taken);
      await closeServer(first, true);
      if (port !== 0 || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

function createGatewayServer(handler: (request: IncomingMessage, response: ServerResponse) => unknown): Server {
  const server = createServer((request, response) => void handler(request, response));
  // Longer than browsers keep an idle connection, so that it is rarely this side that closes one in use.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  return server;
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bindFault(error, host, port)));
    server.listen({ host, port, ipv6Only: true, exclusive: true }, resolve);
  });
}

function bindFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new ListenFault(
      `${address} is in use by another program (perhaps Keyward itself, started before). Stop that program, or choose another port with --port; what the browser keeps for this console belongs to its port.`,
    );
  }
  if (error.code === 'EACCES')
    return new ListenFault(`${address} may not be used by this user. Choose a port above 1023 with --port.`);
  return error;
}

const isWithoutIpv6 = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');

const running = (servers: readonly Server[], port: number): Listening => ({
  port,
  both: servers.length === 2,
  close: async (hard = false) => {
    await Promise.all(servers.map((server) => closeServer(server, hard)));
  },
});

function closeServer(server: Server, hard: boolean): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    if (hard) server.closeAllConnections();
  });
}
