// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { gatewayInDev } from './dev-plugin.ts';
import { listen } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyward-dev-'));
let server: ViteDevServer;
let port: number;

beforeAll(async () => {
  const file = join(folder, 'keyward.config.json');
  const connection = { id: 'iam', provider: 'ocp', name: 'IAM', baseUrl: 'https://iam.example.com' };
  writeFileSync(file, JSON.stringify({ connections: [connection] }));
  vi.stubEnv('KEYWARD_CONFIG', file);
  const free = await listen(() => undefined, 0);
  port = free.port;
  await free.close(true);
  server = await createServer({
    configFile: false,
    logLevel: 'silent',
    plugins: [gatewayInDev()],
    server: { host: 'localhost', port, strictPort: true, hmr: false, watch: null },
  });
  await server.listen();
});
afterAll(async () => {
  await server.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const hello = (host: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://${host}:${port}/gw/v1/hello`, { headers: { 'x-keyward': '1', ...headers } });

describe('the development server', () => {
  it('has the same gateway behind it, on both loopback addresses', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      // The other address is taken once Vite listens, and the first call loads the gateway's code.
      const answered = await eventually(() => hello(host));
      expect(await answered.json()).toMatchObject({ demo: false, connections: [{ id: 'iam' }] });
    }
  });

  it('keeps the gateway’s rules', async () => {
    expect((await hello('localhost', { origin: 'https://evil.example' })).status).toBe(403);
    const landed = await fetch(`http://localhost:${port}/callback/iam?code=c&state=s`, { redirect: 'manual' });
    expect([landed.status, landed.headers.get('location')]).toEqual([303, '/signed-in?outcome=unknown']);
  });

  it('frees both addresses when it ends', async () => {
    await server.close();
    const again = await eventually(() => listen(() => undefined, port));
    await again.close(true);
  });
});
