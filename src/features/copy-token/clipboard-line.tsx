import { useStore } from 'zustand';
import { useServices } from '../../console/use-services.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { CLIPBOARD_KEPT_MS, deskOf, type ClipboardState } from './copy-desk.ts';

/** What the clipboard still holds of ours, as far as a page can know. */
export function ClipboardLine() {
  const desk = deskOf(useServices());
  const state = useStore(desk.clipboard);
  const words = wordsOf(state);
  return (
    <p role="status" className="flex min-h-control-small flex-wrap items-center gap-x-2.5 gap-y-1">
      {words}
      {(state.kind === 'left' || state.kind === 'holding') && (
        <Button size="small" onClick={() => void desk.clearNow()}>
          Clear clipboard
        </Button>
      )}
    </p>
  );
}

const reasons = {
  away: 'a browser lets a page clear it only while the page is in front.',
  typing: 'you were typing, and may have been about to paste something else.',
  refused: 'this browser does not let the page clear it. Copy something else to replace it.',
} as const;

function wordsOf(state: ClipboardState): string {
  switch (state.kind) {
    case 'none':
      return '';
    case 'holding': {
      const atMs = state.copiedAtMs + CLIPBOARD_KEPT_MS;
      return `The clipboard holds a token. It is cleared at ${formatClockTime(atMs)} if this page is in front then.`;
    }
    case 'cleared':
      return `Clipboard cleared at ${formatClockTime(state.atMs)}. A clipboard history may still have the token.`;
    case 'left':
      return `The clipboard may still hold the token of ${formatClockTime(state.copiedAtMs)}: ${reasons[state.why]}`;
    default:
      return state satisfies never;
  }
}
