import type { PagePort } from './services.ts';

const POKES = ['visibilitychange', 'resume'] as const;
const WINDOW_POKES = ['focus', 'online', 'offline', 'pageshow'] as const;
const ACTIVITY = ['pointerdown', 'pointermove', 'keydown'] as const;

/** The page as this browser has it. */
export const browserPage: PagePort = {
  visible: () => document.visibilityState === 'visible',
  online: () => navigator.onLine,
  onPoke(listener) {
    const stop = new AbortController();
    for (const event of POKES) document.addEventListener(event, listener, { signal: stop.signal });
    for (const event of WINDOW_POKES) window.addEventListener(event, listener, { signal: stop.signal });
    return () => {
      stop.abort();
    };
  },
  onActivity(listener) {
    const stop = new AbortController();
    for (const event of ACTIVITY) {
      document.addEventListener(event, listener, { signal: stop.signal, passive: true, capture: true });
    }
    return () => {
      stop.abort();
    };
  },
  onLeaving(listener) {
    window.addEventListener('pagehide', listener);
    return () => {
      window.removeEventListener('pagehide', listener);
    };
  },
};
