/** What a page takes over the wire, as the browser itself counts it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';

export interface Traffic {
  /** Heads and bodies as they travelled, compressed where they were. */
  readonly bytes: number;
  /** Those that went out to a server, each step of a redirect for itself. */
  readonly requests: number;
}

interface Request {
  bytes: number;
  done: boolean;
  fromMemory: boolean;
}

const secondsMax = 10;

/** Counts from now on. The returned function stops the count, waits for what is under way, and gives the sums. */
export async function countTraffic(page: Page): Promise<() => Promise<Traffic>> {
  const byId = new Map<string, Request>();
  const all: Request[] = [];
  const session = await page.context().newCDPSession(page);
  let open = true;

  session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
    const before = byId.get(requestId);
    if (before && redirectResponse) Object.assign(before, { bytes: redirectResponse.encodedDataLength, done: true });
    if (!open || !request.url.startsWith('http')) return;
    const sent = { bytes: 0, done: false, fromMemory: false };
    byId.set(requestId, sent);
    all.push(sent);
  });
  const note = (requestId: string, change: Partial<Request>): void => {
    const request = byId.get(requestId);
    if (request) Object.assign(request, change);
  };
  session.on('Network.requestServedFromCache', ({ requestId }) => note(requestId, { fromMemory: true }));
  // Of one that is broken off before its end, what its head says is known.
  session.on('Network.responseReceived', ({ requestId, response }) =>
    note(requestId, { bytes: response.encodedDataLength, fromMemory: response.fromDiskCache === true }),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    note(requestId, { bytes: encodedDataLength, done: true }),
  );
  session.on('Network.loadingFailed', ({ requestId }) => note(requestId, { done: true }));
  await session.send('Network.enable');

  return async () => {
    open = false;
    const deadlineMs = performance.now() + secondsMax * 1_000;
    while (all.some(({ done }) => !done) && performance.now() < deadlineMs) await wait(20);
    const sent = all.filter(({ fromMemory }) => !fromMemory);
    return { bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0), requests: sent.length };
  };
}
