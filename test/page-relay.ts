import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A wire between page and gateway that can be cut. */
export interface PageRelay {
  /** For `through` of the console's harness. */
  readonly through: (gateway: string) => Promise<string>;
  /** The next call to a vendor is carried to the gateway, and the page's connection breaks once the gateway has begun to answer. */
  cutNextCall(): void;
  close(): Promise<void>;
}

export function createPageRelay(): PageRelay {
  const sockets = new Set<Socket>();
  let gateway = '';
  let cuts = 0;

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const target = new URL(url, gateway);
    const cut = cuts > 0 && url.startsWith('/gw/v1/call/');
    if (cut) cuts -= 1;
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

  return {
    through: async (origin) => {
      gateway = origin;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo; // a server that listens on a port has an address with one
      return `http://127.0.0.1:${String(port)}`;
    },
    cutNextCall: () => {
      cuts += 1;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
