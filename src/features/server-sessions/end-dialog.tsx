import { formatAgo } from '../../lib/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';

interface EndDialogProps {
  readonly targets: readonly Seen[];
  /** Whose they are. */
  readonly name: string;
  /** Ends all at once, which does this beside. */
  readonly also: string | null;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** So many by name: a user without a limit may have a thousand. */
const NAMED_MAX = 25;

/** Names what will end before anything is sent. */
export function EndDialog({ targets, name, also, onEnd, onClose }: EndDialogProps) {
  const many = targets.length;
  const openedHere = targets.filter(({ mark }) => mark === 'here').length;
  const what = also === null ? `${String(many)} ${many === 1 ? 'session' : 'sessions'}` : 'every session';
  return (
    <Dialog
      title={`End ${what} of ${name}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep {many === 1 ? 'it' : 'them'}</Button>
          <Button look="danger" onClick={onEnd}>
            End {also === null ? String(many) : 'all'}
          </Button>
        </>
      }
    >
      <ul className="grid gap-1">
        {targets.slice(0, NAMED_MAX).map((one) => (
          <li key={one.id}>
            <span className="font-semibold">{titleOf(one)}</span> {placeOf(one)}
            {one.lastUsedAtMs !== null && (
              <span className="text-ink-2">
                {' '}
                used <TickText text={(nowMs) => formatAgo(one.lastUsedAtMs ?? nowMs, nowMs)} />
              </span>
            )}
          </li>
        ))}
        {many > NAMED_MAX && <li>and {many - NAMED_MAX} more of the list</li>}
      </ul>
      <p>Whoever works in such a session has to sign in again; what was not saved there may be lost.</p>
      {targets.some(({ mark }) => mark === 'in-view') && (
        <p className="font-semibold">This console’s own session is among them: it is logged out.</p>
      )}
      {openedHere > 0 && (
        <p className="font-semibold">
          Opened in this browser: {openedHere} of {many}.
        </p>
      )}
      {also !== null && <p>{also}</p>}
    </Dialog>
  );
}
