import { useStore } from 'zustand';
import { useServices } from '../../console/use-services.ts';
import { Button } from '../../ui/button.tsx';
import { useLater } from '../../ui/use-later.ts';
import { deskOf } from './copy-desk.ts';
import { words } from './copy-parts.ts';

/** What the clipboard still holds of ours, as far as a page can know. */
export function ClipboardLine() {
  const desk = deskOf(useServices());
  const state = useStore(desk.clipboard);
  const part = useLater(words, state.kind !== 'none');
  return (
    <p role="status" className="flex min-h-control-small flex-wrap items-center gap-x-2.5 gap-y-1">
      {part?.clipboardWords(state)}
      {(state.kind === 'left' || state.kind === 'holding') && (
        <Button size="small" onClick={() => void desk.clearNow()}>
          Clear clipboard
        </Button>
      )}
    </p>
  );
}
