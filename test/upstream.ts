import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestCertificate } from './certificates.ts';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** Names as they came, in order, each once with its value. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

export interface Upstream {
  /** Origin. */
  readonly url: string;
  readonly port: number;
  /** Every request that arrived, with its body, in order. */
  readonly seen: readonly SeenRequest[];
  /** Connections that were opened, whether or not a request came. */
  readonly connections: number;
  /** From now on requests are answered so. */
  answers(answer: Answer): void;
  /** Resolves once `count` requests have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

const answerOk: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
};

/** A real server on loopback in a vendor's place; over TLS where a certificate is given. */
export async function startUpstream(
  options: { readonly tls?: TestCertificate; readonly host?: string } = {},
): Promise<Upstream> {
  const { tls, host = '127.0.0.1' } = options;
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let connections = 0;
  let answer = answerOk;

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.rawHeaders.flatMap((name, index, raw) =>
        index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [],
      );
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      for (const look of [...waiting]) look();
      answer(one, response);
    });
  };
  const server = tls ? createSecure({ cert: tls.certificate, key: tls.key }, handle) : createPlain(handle);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one

  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    seen,
    get connections() {
      return connections;
    },
    answers: (next) => {
      answer = next;
    },
    arrived: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (seen.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
