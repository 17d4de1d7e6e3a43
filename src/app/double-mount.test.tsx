/** The page as `main.tsx` starts it, in a React that mounts everything twice, before a real gateway. */
import { render, screen } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { createGateway } from '../../gateway/app.ts';
import { fixedConnections } from '../../gateway/config.ts';
import { listen } from '../../gateway/listen.ts';
import { vendors } from '../../gateway/vendors.ts';
import { systemClock } from '../lib/clock.ts';
import { systemRandom } from '../lib/random.ts';

afterEach(() => vi.unstubAllGlobals());

it('F37: everything is mounted twice, and there is one console with one schedule', async () => {
  let mounts = 0;
  const Probe = () => {
    useEffect(() => void (mounts += 1), []);
    return null;
  };
  render(
    <StrictMode>
      <Probe />
    </StrictMode>,
  );
  expect(mounts).toBe(2);

  const gateway = createGateway({
    vendors,
    connections: fixedConnections([], { vendors, env: {} }),
    clock: systemClock,
    random: systemRandom,
    demo: false,
    log: () => undefined,
  });
  const asked: (string | undefined)[] = [];
  const listening = await listen((request, response) => {
    asked.push(request.url);
    return gateway.handler(request, response);
  }, 0);
  // The page's origin is where the gateway listens; in this document it cannot be set.
  const origin = `http://localhost:${listening.port}`;
  const { fetch: reach } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    reach(new URL(path, origin), { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), origin } }),
  );
  document.body.innerHTML = '<div id="app"></div>';
  await import('../main.tsx');
  await screen.findByRole('navigation', { name: 'Pages' });
  // Each console asks its gateway who it is, and looks again when somebody comes back to the page.
  await expect.poll(() => asked).toEqual(['/gw/v1/hello']);
  window.dispatchEvent(new Event('focus'));
  await expect.poll(() => asked.length).toBeGreaterThan(1);
  // A second console would have asked in the same turn, and its question would be here with this one.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked).toEqual(['/gw/v1/hello', '/gw/v1/hello']);
  await listening.close(true);
  gateway.close();
});
