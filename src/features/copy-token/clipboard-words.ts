import { formatClockTime } from '../../lib/format-time.ts';
import type { ClipboardState } from './copy-desk.ts';

const reasons = {
  away: 'a browser lets a page clear it only while the page is in front.',
  typing: 'you were typing, and may have been about to paste something else.',
  press: 'this browser lets a page clear it only in answer to a press. Your next one here does.',
  refused: 'this browser does not let the page clear it. Copy something else to replace it.',
} as const;

/** What the clipboard still holds of ours; empty where nothing is known of it. */
export function clipboardWords(state: ClipboardState): string {
  switch (state.kind) {
    case 'none':
      return '';
    case 'holding':
      return `The clipboard holds a token. It is cleared at ${formatClockTime(state.untilMs)}, or by your next press after that, if you stay on this page.`;
    case 'cleared':
      return `Clipboard cleared at ${formatClockTime(state.atMs)}. A clipboard history may still have the token.`;
    case 'left':
      return `The clipboard may still hold the token of ${formatClockTime(state.copiedAtMs)}: ${reasons[state.why]}`;
    default:
      return state satisfies never;
  }
}
