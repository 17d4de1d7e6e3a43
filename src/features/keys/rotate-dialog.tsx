import { useMemo, useState } from 'react';
import { useJobs } from '../../console/use-jobs.ts';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Move } from '../../providers/keys-face.ts';
import type { FormValues } from '../../providers/sign-in-way.ts';
import { runningWith } from '../../revocation/same-thing.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { KeyDialog } from './key-dialog.tsx';
import type { KeyEntry } from './key-entry.ts';
import { beginMove, meansFor, movesOf, placeOf, seenOf, thingOfEntry } from './key-jobs.ts';
import { survivorWords } from './job-words.ts';
import type { Source } from './use-inventory.ts';
import { useTypedKey } from './use-typed-key.ts';

interface RotateDialogProps {
  readonly entry: KeyEntry;
  readonly source: Source;
  readonly onClose: () => void;
}

/** Another key in the place of this one: which order, and what the new one is to be. Nothing is sent before. */
export function RotateDialog({ entry, source, onClose }: RotateDialogProps) {
  const services = useServices();
  const sessions = useSessions();
  const { connection, face } = source;
  const create = face?.create;
  const [chosen, setChosen] = useState('');
  const like = useMemo<FormValues>(() => (create && entry.row ? create.like(entry.row) : {}), [create, entry]);
  const typed = useTypedKey({ create, connection, chooseId: () => null });
  const running = runningWith(useJobs(), placeOf(entry));
  if (!face || !create) return null;
  // Until it is begun; from then on it is this one.
  if (running && !typed.busy) {
    return (
      <Dialog title={running.title} onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
        <p>This key is being worked on already, so nothing was begun.</p>
      </Dialog>
    );
  }
  const means = meansFor(entry, face, sessions);
  const moves = movesOf(entry, { face, connection }, means, like);
  const move = moves.find((one) => one.id === chosen) ?? moves[0];
  if (!move) return null;

  const begin = (): Promise<void> =>
    typed.submit(async (values) => {
      const [wanted] = movesOf(entry, { face, connection }, means, values).filter((one) => one.id === move.id);
      if (!wanted) throw new Error('The vendor no longer offers what was chosen');
      const title = `${titleOf(move)} ${entry.name}`;
      const thing = thingOfEntry(entry);
      const wish = { kind: 'rotate', title, connection, thing, means, move: wanted, values } as const;
      if (await beginMove(services, { ...wish, seen: seenOf(entry) })) onClose();
    });

  return (
    <KeyDialog
      {...{ typed, create, connection, like, onClose }}
      title={`${titleOf(move)} ${entry.name}`}
      word="Begin"
      sends={<What move={move} />}
      onSubmit={begin}
    >
      {moves.length > 1 ? (
        <div className="panel overflow-hidden">
          <ChoiceList
            label="In which order"
            value={move.id}
            onChange={setChosen}
            choices={moves.map((one) => ({
              ...{ value: one.id, title: one.label },
              description: [one.reason, ...one.dies].filter(Boolean).join(' '),
            }))}
          />
        </div>
      ) : (
        <p className="text-ink-2">{[move.reason, ...move.dies].filter(Boolean).join(' ')}</p>
      )}
    </KeyDialog>
  );
}

/** Every step, written out. */
function What({ move }: { readonly move: Move }) {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-2">What is sent, in this order</summary>
      <ol className="mt-3 grid list-decimal gap-1 pl-5 text-ink-2">
        {move.steps
          .filter(({ asked }) => !asked)
          .map((step) => (
            <li key={step.id} className="wrap-anywhere">
              <span className="text-ink">{step.label}</span>
              {step.kind === 'call' && ` · ${step.sends}`}
            </li>
          ))}
      </ol>
      {move.survives.length > 0 && (
        <p className="mt-3 text-ink-2">What lives on: {move.survives.map(survivorWords).join(' ')}</p>
      )}
    </details>
  );
}

/** "Rotate", "Move to an access key": what stands before the colon. */
const titleOf = ({ label }: Move): string => label.split(':')[0] ?? label;
