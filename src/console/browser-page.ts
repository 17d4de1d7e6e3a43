import type { PagePort } from './services.ts';
import type { Leavings } from './slot-notes.ts';

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

const LEAVINGS = 'keyward.sign-ins-under-way';

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Of this tab alone, and gone with it. Where the browser stores nothing, the question is all there is. */
export const browserLeavings: Leavings = {
  read() {
    try {
      return sessionStorage.getItem(LEAVINGS);
    } catch {
      return null;
    }
  },
  write(text, asks) {
    if (asks) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
    try {
      if (text === null) sessionStorage.removeItem(LEAVINGS);
      else sessionStorage.setItem(LEAVINGS, text);
    } catch {
      return;
    }
  },
};
