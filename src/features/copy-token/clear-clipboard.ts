/** Takes a secret out of the clipboard again: at once where the browser lets a page, else in answer to the next press. */
import type { StoreApi } from 'zustand/vanilla';
import { clipboardHere } from '../../lib/write-clipboard.ts';
import type { ClipboardState, WhyLeft } from './copy-desk.ts';

/** What gives a page the right to write there for some seconds: which of them does depends on the device. */
const presses = ['pointerdown', 'pointerup', 'keydown'] as const;

/** Overwrites the clipboard. False where the browser does not let us. */
export async function clearClipboard(): Promise<boolean> {
  try {
    // A space, because some browsers take an empty text for nothing to write.
    await clipboardHere()?.writeText(' ');
    return clipboardHere() !== undefined;
  } catch {
    return false;
  }
}

export interface Held {
  readonly clipboard: StoreApi<ClipboardState>;
  readonly copiedAtMs: number;
  /** Aborted once the clipboard is known to hold something else. */
  readonly over: AbortController;
  nowMs(): number;
}

/** The time that a copied secret is left there has passed. */
export async function clearWhenLet({ clipboard, copiedAtMs, over, nowMs }: Held): Promise<void> {
  const { signal } = over;
  const say = (state: ClipboardState): void => {
    if (!signal.aborted) clipboard.setState(state, true);
  };
  const leave = (why: WhyLeft): void => say({ kind: 'left', copiedAtMs, why });
  async function clear(): Promise<boolean> {
    const done = await clearClipboard();
    if (!done) return false;
    say({ kind: 'cleared', atMs: nowMs() });
    over.abort();
    return true;
  }

  if (signal.aborted) return;
  const why = reasonToLeave(document.activeElement);
  if (why) {
    leave(why);
    over.abort();
    return;
  }
  if (await clear()) return;
  leave('press');
  const pressed = ({ target }: Event): void => {
    const at = target instanceof Element ? target : null;
    if (reasonToLeave(document.activeElement) === null && !isField(at)) void clear();
  };
  for (const press of presses) document.addEventListener(press, pressed, { signal, capture: true });
  // What is copied elsewhere meanwhile is not ours to clear.
  window.addEventListener(
    'blur',
    () => {
      leave('away');
      over.abort();
    },
    { signal },
  );
}

/**
 * A browser lets a page write only while it is in front. And whoever has the cursor in a field may be about to paste
 * something that was copied elsewhere, which cannot be told from here.
 */
function reasonToLeave(active: Element | null): 'away' | 'typing' | null {
  if (!document.hasFocus()) return 'away';
  return isField(active) ? 'typing' : null;
}

const isField = (element: Element | null): boolean =>
  Boolean(element?.closest('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]'));
