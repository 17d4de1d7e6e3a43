/**
 * One timer for every digit on the page. What watches it writes its own text; nothing is rendered.
 * Runs once a second, on the second, while the page can be seen and somebody watches.
 */
export interface Ticker {
  /**
   * Calls back at every tick. `jumped` says that time did not pass second by second (sleep, a hidden page), so that
   * what runs by itself, like an animation, must be put right.
   * Returns the function that ends it.
   */
  watch(update: (nowMs: number, jumped: boolean) => void): () => void;
}

type Update = Parameters<Ticker['watch']>[0];

const SECOND_MS = 1_000;
/** Timers may fire a little early; a tick just before the second would show the old digit for another second. */
const MARGIN_MS = 4;
const JUMP_MS = 2_500;

/** `nowMs`: milliseconds since 1970 on a clock that never runs backwards. */
export function createTicker(nowMs: () => number): Ticker {
  const updates = new Set<Update>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = 0;
  let stopListening = (): void => undefined;

  function run(atMs: number): void {
    const jumped = atMs - lastMs > JUMP_MS;
    lastMs = atMs;
    for (const update of updates) update(atMs, jumped);
  }

  function schedule(): void {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(tick, SECOND_MS - (nowMs() % SECOND_MS) + MARGIN_MS);
  }

  function tick(): void {
    schedule();
    // The full second that was aimed at, not the moment the timer got its turn: otherwise a deadline that falls close
    // to a second shows one digit twice and swallows the next.
    run(Math.floor(nowMs() / SECOND_MS) * SECOND_MS);
  }

  function lookAgain(): void {
    schedule();
    if (document.hidden) return;
    lastMs = 0;
    run(nowMs());
  }

  function start(): void {
    const stop = new AbortController();
    document.addEventListener('visibilitychange', lookAgain, { signal: stop.signal });
    window.addEventListener('pageshow', lookAgain, { signal: stop.signal });
    stopListening = () => {
      stop.abort();
    };
    lastMs = nowMs();
    schedule();
  }

  return {
    watch(update) {
      updates.add(update);
      if (updates.size === 1) start();
      return () => {
        updates.delete(update);
        if (updates.size > 0) return;
        clearTimeout(timer);
        stopListening();
      };
    },
  };
}

/** Writes only what changed: an untouched text costs no layout. */
export function writeText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
