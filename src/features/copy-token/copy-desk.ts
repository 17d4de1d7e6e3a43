/**
 * What one console remembers about copying, for as long as the page lives: the last shape of each session, and what the
 * clipboard still holds. No secret is in it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import { writes } from '../../lib/write-clipboard.ts';
import { clearing } from './copy-parts.ts';
import { bareToken, type Remembered } from './shape-names.ts';

/** How long a copied secret is left in the clipboard. */
const CLIPBOARD_KEPT_MS = 60_000;

/** Times are milliseconds on the console's clock. */
export type ClipboardState =
  | { readonly kind: 'none' }
  | { readonly kind: 'holding'; readonly copiedAtMs: number; readonly untilMs: number }
  | { readonly kind: 'cleared'; readonly atMs: number }
  | { readonly kind: 'left'; readonly copiedAtMs: number; readonly why: WhyLeft };

/** `press`: the next press on this page clears it. */
export type WhyLeft = 'away' | 'typing' | 'press' | 'refused';

export interface CopyDesk {
  readonly clipboard: StoreApi<ClipboardState>;
  shapeFor(sessionId: string): Remembered;
  remember(sessionId: string, choice: Remembered): void;
  /** A secret was written to the clipboard; after a minute it is cleared as soon as the browser lets us. */
  secretCopied(): void;
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

  const leave = (copiedAtMs: number, why: WhyLeft): void => clipboard.setState({ kind: 'left', copiedAtMs, why }, true);

  function replaced(): void {
    latest?.abort();
    clipboard.setState({ kind: 'none' }, true);
  }

  // Whatever any button here writes is nothing that anybody wants cleared away, unless `secretCopied` follows.
  writes.addEventListener('write', replaced);

  return {
    clipboard,
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
      // Whatever the person copies by hand next on this page replaces the secret, and must not be cleared away.
      for (const event of ['copy', 'cut']) document.addEventListener(event, replaced, { signal: mine.signal });
      Promise.all([clearing.load(), hands.pause(CLIPBOARD_KEPT_MS)])
        .then(([{ clearWhenLet }]) => clearWhenLet({ clipboard, copiedAtMs, over: mine, nowMs }))
        .catch(() => leave(copiedAtMs, 'refused'));
    },
    async clearNow() {
      latest?.abort();
      const state = clipboard.getState();
      const copiedAtMs = 'copiedAtMs' in state ? state.copiedAtMs : nowMs();
      const { clearClipboard } = await clearing.load();
      if (await clearClipboard()) clipboard.setState({ kind: 'cleared', atMs: nowMs() }, true);
      else leave(copiedAtMs, 'refused');
    },
  };
}
