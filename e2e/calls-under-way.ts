/** Whether the page waits for its gateway. */
import type { BrowserContext, Request } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Longer than a page takes from one call to the next of the same errand. */
const quietMs = 100;

/**
 * Gives what waits until no page of this context has a call under way. A clock that is set forward sets off the time limit
 * of every call that it overtakes, and what follows is then another story: an answer that went missing.
 */
export function watchCalls(context: BrowserContext): () => Promise<void> {
  const underWay = new Set<Request>();
  let lastMs = performance.now();
  const ended = (request: Request): void => {
    if (underWay.delete(request)) lastMs = performance.now();
  };
  context.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/gw/')) underWay.add(request);
  });
  context.on('requestfinished', ended);
  context.on('requestfailed', ended);
  return () =>
    expect
      .poll(() => underWay.size === 0 && performance.now() - lastMs > quietMs, { intervals: [20], timeout: 20_000 })
      .toBe(true);
}
