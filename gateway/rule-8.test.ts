// @vitest-environment node
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { assertLoopback, listen, ListenFault, type Listening } from './listen.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const answer = (_: unknown, response: { end(text: string): unknown }): unknown => response.end('gateway');

async function start(port: number): Promise<Listening> {
  const listening = await listen(answer, port);
  open.push({ close: () => listening.close(true) });
  return listening;
}

async function occupy(host: string, port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen({ port, host }, resolve);
  });
  open.push(server);
  return (server.address() as AddressInfo).port; // a server that listens on a port has one
}

describe('rule 8: it binds 127.0.0.1 and [::1] on the same port, or refuses to start', () => {
  it('answers on both addresses of the port', async () => {
    const { port, both } = await start(0);
    expect(both).toBe(true);
    for (const host of ['127.0.0.1', '[::1]']) {
      expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('gateway');
    }
  });

  it.each(['127.0.0.1', '::1'])(
    'refuses to start where another program holds %s, and lets the other one go again',
    async (host) => {
      const port = await occupy(host);
      const failure = await start(port).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ListenFault);
      expect(String(failure)).toContain(`${host === '::1' ? '[::1]' : host}:${port} is in use by another program`);
      // Both must be free again, or the person cannot start it after stopping that program.
      await occupy(host === '::1' ? '127.0.0.1' : '::1', port);
    },
  );

  it('refuses to start twice on one port', async () => {
    const { port } = await start(0);
    await expect(start(port)).rejects.toBeInstanceOf(ListenFault);
  });

  it('is not reachable by another address of this machine', async () => {
    const { port } = await start(0);
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one && !one.internal && one.family === 'IPv4');
    const address = outside?.address ?? '127.0.0.2';
    await expect(fetch(`http://${address}:${port}`)).rejects.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'console.example.com', ''])('refuses the host %s with a sentence', (host) => {
    expect(() => assertLoopback(host)).toThrow(/no sign-in of its own/);
  });

  it.each(['localhost', '127.0.0.1', '::1', '[::1]'])('takes %s', (host) => {
    expect(() => assertLoopback(host)).not.toThrow();
  });
});
