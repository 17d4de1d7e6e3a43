import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { completeThing } from '../../revocation/create-item.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { beginMove } from './key-jobs.ts';
import type { Source } from './use-inventory.ts';
import { useTypedKey } from './use-typed-key.ts';

interface CreateDialogProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** What a new key is to be, before anything is sent. From then on it is a job. */
export function CreateDialog({ source, onClose }: CreateDialogProps) {
  const services = useServices();
  const { connection, providerName, face, askers } = source;
  const create = face?.create;
  const [chosen, setChosen] = useState(askers[0]?.id ?? '');
  const chooseId = () => create?.chooseId?.(services.hands.random) ?? null;
  const typed = useTypedKey({ create, connection, chooseId });
  const asker = askers.find((one) => one.id === chosen) ?? askers[0];
  if (!face || !create || !asker) return null;
  const noun = face.kinds.find(({ kind }) => kind === create.blank(null).kind)?.noun ?? 'key';

  const begin = (): Promise<void> =>
    typed.submit(async (values, ownId) => {
      const { id: session, lineage, identity, tokens } = asker;
      const as = { id: session, way: lineage.way, identity, companions: tokens?.companions ?? {} };
      const thing = completeThing(create.blank(ownId));
      const means = { session: as, secret: false, own: false, selfUse: true };
      const move = face.making?.(thing, means, connection, values);
      if (!move) throw new Error('The vendor offers to make a key and does not say how');
      const title = `New ${noun} of ${identity.name} at ${connection.name}`;
      await beginMove(services, { kind: 'create', title, connection, thing, means, move, values });
      onClose();
    });

  return (
    <KeyDialog
      {...{ typed, create, connection, onClose }}
      title={`Create ${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`}
      word="Create"
      sends={<p className="text-sm text-ink-3">{[create.sends, ...create.sideEffects].map(asSentence).join(' ')}</p>}
      onSubmit={begin}
    >
      <p className="text-ink-2">
        At {providerName}, {connection.name}, for{' '}
        {askers.length > 1 ? 'one of those who are signed in' : asker.identity.name}.
      </p>
      {askers.length > 1 && (
        <SelectField
          label="Whose key"
          value={asker.id}
          options={askers.map((one) => ({ value: one.id, label: one.identity.name }))}
          onChange={({ target }) => setChosen(target.value)}
        />
      )}
    </KeyDialog>
  );
}

const asSentence = (words: string): string => (words.endsWith('.') ? words : `${words}.`);
