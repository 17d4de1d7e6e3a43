import { useId, useRef, useState } from 'react';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { actorFor } from './askers.ts';
import { renameKey } from './change-key.ts';
import type { KeyEntry } from './key-entry.ts';
import type { Source } from './use-inventory.ts';

interface RenameDialogProps {
  readonly entry: KeyEntry;
  readonly source: Source;
  readonly onClose: () => void;
  /** The list is to be read again, whatever came of it. */
  readonly onChanged: () => void;
}

/** Another name for the same key. */
export function RenameDialog({ entry, source, onClose, onChanged }: RenameDialogProps) {
  const services = useServices();
  const sessions = useSessions();
  const notify = useNotify();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const rename = source.face?.rename;
  const { row } = entry;
  const list = source.face?.list;
  if (!rename || !row || !list) return null;

  async function submit(): Promise<void> {
    const typed = form.current && new FormData(form.current).get('name');
    const actor = rename && actorFor(sessions, entry, rename.ways);
    if (!rename || !row || !list || !actor || busy || typeof typed !== 'string' || typed.trim() === '') return;
    setBusy(true);
    const done = await renameKey(services, { session: actor.id, row, list, rename, name: typed });
    setBusy(false);
    onChanged();
    if (!done.ok) {
      setFailure(done.failure);
      return;
    }
    notify({ tone: 'ok', title: `Renamed ${entry.name}`, more: 'Read again: the list shows the new name.' });
    onClose();
  }

  return (
    <Dialog
      title={`Rename ${entry.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} busy={busy}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label="Name"
          name="name"
          required
          autoComplete="off"
          maxLength={rename.lengthMax}
          defaultValue={row.name === 'not-reported' ? '' : row.name}
          hint="The key itself stays as it is, and so does whatever uses it."
        />
      </form>
      {failure && (
        <Band tone="bad" title={failure.sentence} alerts>
          {failure.next}
        </Band>
      )}
    </Dialog>
  );
}
