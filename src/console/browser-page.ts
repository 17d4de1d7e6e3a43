import type { PagePort } from './services.ts';
import type { Leavings } from './slot-notes.ts';
import { createLeavingQuestion } from './ask-before-leaving.ts';
import { isSharedNote } from './shared-note-key.ts';

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

const askOnLeaving = createLeavingQuestion();

/** Of this tab alone, and gone with it. Where the browser stores nothing, the question is all there is. */
export const browserLeavings: Leavings = {
  read() {
    try {
      // Any note of another tab is worth a look.
      return sessionStorage.getItem(LEAVINGS) ?? (Object.keys(localStorage).some(isSharedNote) ? '' : null);
    } catch {
      return null;
    }
  },
  write(text, asks) {
    askOnLeaving(asks);
    try {
      if (text === null) sessionStorage.removeItem(LEAVINGS);
      else sessionStorage.setItem(LEAVINGS, text);
    } catch {
      return;
    }
  },
  storage: () => localStorage,
};
