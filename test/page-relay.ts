import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A wire between page and gateway that can be cut. */
export interface PageRelay {
  /** For `through` of the console's harness. */
  readonly through: (gateway: string) => Promise<string>;
  /** The next call to a vendor, or the next of that operation, is carried to the gateway, and the page's connection breaks once the gateway has begun to answer. */
  cutNextCall(operation?: string): void;
  /** Every connection that is open breaks. */
  dropAll(): void;
  /** The gateway is away, as the page sees it, while this is true. */
  away: boolean;
  close(): Promise<void>;
}

export function createPageRelay(): PageRelay {
  const sockets = new Set<Socket>();
  let gateway = '';
  let cuts: readonly string[] = [];

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (relay.away) return void incoming.destroy();
    const { method = 'GET', url = '/', headers } = incoming;
    const target = new URL(url, gateway);
    const at = url.startsWith('/gw/v1/call/') ? cuts.findIndex((ending) => url.endsWith(ending)) : -1;
    const cut = at >= 0;
    cuts = cuts.filter((_, index) => index !== at);
    const own = { ...headers, host: target.host, ...(headers.origin === undefined ? {} : { origin: target.origin }) };
    const carried = forward(target, { method, headers: own }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      outgoing.flushHeaders();
      if (cut) outgoing.destroy();
      else reply.pipe(outgoing);
    });
    carried.on('error', () => outgoing.destroy());
    incoming.pipe(carried);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  const relay: PageRelay = {
    away: false,
    through: async (origin) => {
      gateway = origin;
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
      const { port } = server.address() as AddressInfo; // a server that listens on a port has an address with one
      return `http://localhost:${String(port)}`;
    },
    cutNextCall: (operation) => {
      cuts = [...cuts, operation === undefined ? '' : `/${operation}`];
    },
    dropAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return relay;
}
