/**
 * What one console remembers about copying, for as long as the page lives: the last shape of each session, and what the
 * clipboard still holds. No secret is in it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import { bareToken, type Remembered } from './shape-names.ts';
import { clearClipboard } from './write-clipboard.ts';

/** How long a copied secret is left in the clipboard. */
const CLIPBOARD_KEPT_MS = 60_000;

/** Times are milliseconds on the console's clock. */
export type ClipboardState =
  | { readonly kind: 'none' }
  | { readonly kind: 'holding'; readonly copiedAtMs: number; readonly untilMs: number }
  | { readonly kind: 'cleared'; readonly atMs: number }
  | { readonly kind: 'left'; readonly copiedAtMs: number; readonly why: 'away' | 'typing' | 'refused' };

export interface CopyDesk {
  readonly clipboard: StoreApi<ClipboardState>;
  shapeFor(sessionId: string): Remembered;
  remember(sessionId: string, choice: Remembered): void;
  /** A secret went into the clipboard; it is cleared after a minute if the browser lets us. */
  secretCopied(): void;
  /** Something without a secret went there, which nobody wants cleared away. */
  replaced(): void;
  /** A person asks for it, which gives this page the right to. */
  clearNow(): Promise<void>;
}

const desks = new WeakMap<Services, CopyDesk>();

export function deskOf(services: Services): CopyDesk {
  const known = desks.get(services);
  if (known) return known;
  const desk = createCopyDesk(services);
  desks.set(services, desk);
  return desk;
}

function createCopyDesk({ hands, nowMs }: Pick<Services, 'hands' | 'nowMs'>): CopyDesk {
  const choices = new Map<string, Remembered>();
  const clipboard = createStore<ClipboardState>(() => ({ kind: 'none' }));
  let latest: AbortController | null = null;

  async function clear(copiedAtMs: number): Promise<void> {
    const done = await clearClipboard();
    const next: ClipboardState = done
      ? { kind: 'cleared', atMs: nowMs() }
      : { kind: 'left', copiedAtMs, why: 'refused' };
    clipboard.setState(next, true);
  }

  function replaced(): void {
    latest?.abort();
    clipboard.setState({ kind: 'none' }, true);
  }

  return {
    clipboard,
    replaced,
    shapeFor: (sessionId) => choices.get(sessionId) ?? bareToken,
    remember(sessionId, choice) {
      choices.set(sessionId, choice);
    },
    secretCopied() {
      latest?.abort();
      const mine = new AbortController();
      latest = mine;
      const copiedAtMs = nowMs();
      clipboard.setState({ kind: 'holding', copiedAtMs, untilMs: copiedAtMs + CLIPBOARD_KEPT_MS }, true);
      // Whatever the person copies next on this page replaces the secret, and must not be cleared away.
      for (const event of ['copy', 'cut']) document.addEventListener(event, replaced, { signal: mine.signal });
      void hands.pause(CLIPBOARD_KEPT_MS).then(async () => {
        if (mine.signal.aborted) return;
        mine.abort();
        const why = reasonToLeave();
        if (why) clipboard.setState({ kind: 'left', copiedAtMs, why }, true);
        else await clear(copiedAtMs);
      });
    },
    async clearNow() {
      latest?.abort();
      const state = clipboard.getState();
      await clear('copiedAtMs' in state ? state.copiedAtMs : nowMs());
    },
  };
}

/**
 * A browser lets a page write only while it is in front. And whoever has the cursor in a field may be about to paste
 * something that was copied elsewhere, which cannot be told from here.
 */
function reasonToLeave(): 'away' | 'typing' | null {
  if (!document.hasFocus()) return 'away';
  return document.activeElement?.matches('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]')
    ? 'typing'
    : null;
}
