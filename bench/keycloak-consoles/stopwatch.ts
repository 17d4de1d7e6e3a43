/** Moments of a page as the page itself has them: nobody asks it now and then, and no script outside of it waits for a turn. */
import type { BrowserContext } from '@playwright/test';

/** Things of a page that a selector of CSS names, and whose text is exactly this, where one is given. */
export interface Sight {
  readonly css: string;
  readonly text?: string;
  /** How many there are to be; one where left out. */
  readonly count?: number;
}

export interface Stopwatch {
  /** When Enter was first pressed; milliseconds since 1970, as all of these. */
  pressedMs(): number;
  /** When as many of it as are wanted stood on the screen for the first time. Waits for that. */
  seenMs(sight: Sight): Promise<number>;
}

declare global {
  // What the page's own script tells us by.
  var keywardBenchNote: (what: string, atMs: number) => Promise<void>;
}

const secondsMax = 30;

/** For the pages that this context opens from now on. `sights`: all that will be waited for. */
export async function startStopwatch(context: BrowserContext, sights: readonly Sight[]): Promise<Stopwatch> {
  const noted = new Map<string, number>();
  const waiting = new Map<string, (atMs: number) => void>();
  await context.exposeFunction('keywardBenchNote', (what: string, atMs: number) => {
    if (noted.has(what)) return;
    noted.set(what, atMs);
    waiting.get(what)?.(atMs);
  });
  await context.addInitScript(watch, sights);

  return {
    pressedMs: () => noted.get('pressed') ?? Number.NaN,
    async seenMs(sight) {
      const what = String(sights.indexOf(sight));
      const known = noted.get(what);
      if (known !== undefined) return known;
      return await new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(`Not seen: ${sight.css}`)), secondsMax * 1_000);
        waiting.set(what, (atMs) => {
          clearTimeout(patience);
          resolve(atMs);
        });
      });
    },
  };
}

/** Runs in the page, before anything of its own. */
function watch(sights: readonly Sight[]): void {
  // The frames that a sign-in uses beside the page have nothing to see.
  if (window.top !== window) return;
  const tell = (what: string, ms = performance.now()): void => void keywardBenchNote(what, performance.timeOrigin + ms);
  const told = new Set<number>();
  const stands = ({ css, text, count = 1 }: Sight): boolean => {
    const found = [...document.querySelectorAll(css)].filter((one) => text === undefined || one.textContent === text);
    return found.length >= count && found.every((one) => one.checkVisibility({ visibilityProperty: true }));
  };
  let asked = false;
  const look = (): void => {
    asked = false;
    for (const [at, sight] of sights.entries()) {
      if (told.has(at) || !stands(sight)) continue;
      told.add(at);
      tell(String(at));
    }
  };
  // What was changed is on the screen with the next frame.
  const lookAtFrame = (): void => {
    if (!asked && told.size < sights.length) requestAnimationFrame(() => setTimeout(look));
    asked = true;
  };
  new MutationObserver(lookAtFrame).observe(document, { childList: true, subtree: true, attributes: true });
  addEventListener('keydown', ({ key, timeStamp }) => key === 'Enter' && tell('pressed', timeStamp), { capture: true });
}
