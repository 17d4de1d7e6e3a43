/** What the page's main thread does, in its own time: what other programs of this machine take is not in it. */
import type { Browser, Page } from '@playwright/test';

/** No task may be longer, so that a person's press is answered at once. */
export const TASK_MAX_MS = 50;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** The thread's own time, microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The tasks of the page's main thread while `act` goes on, each with the thread's own time in milliseconds. */
export async function tasksDuring(browser: Browser, page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await act();
  const trace = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }; // the trace event format
  const main = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const isMain = ({ pid, tid }: TraceEvent): boolean => main.some((one) => one.pid === pid && one.tid === tid);
  return traceEvents
    .filter((event) => event.name === 'RunTask' && event.tdur !== undefined && isMain(event))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

const ROUNDS_MAX = 3;

/**
 * How long the longest of them was, in milliseconds, for what can be done again: whatever else the machine does only adds,
 * so of up to three rounds that one counts which it disturbed least.
 */
export async function longestTaskDuring(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  let leastMs = Infinity;
  for (let round = 0; round < ROUNDS_MAX && leastMs >= TASK_MAX_MS; round += 1) {
    leastMs = Math.min(leastMs, Math.max(...(await tasksDuring(browser, page, act))));
  }
  return leastMs;
}
