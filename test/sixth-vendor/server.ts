import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PASSWORD = 'not-a-real-password';
export const TOKEN = 'not-a-real-token-of-the-sixth';

/** The vendor's server on loopback: one user, one token of ten minutes. */
export async function startSixthServer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/hello') return answer(200, {});
    if (request.url === '/me') return answer(request.headers.authorization === `Bearer ${TOKEN}` ? 200 : 401, {});
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const known = body === JSON.stringify({ user: 'alice', password: PASSWORD });
      answer(known ? 200 : 401, known ? { token: TOKEN, seconds: 600 } : {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
