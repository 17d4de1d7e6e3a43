import { useId, type ReactNode } from 'react';
import type { Connection } from '../../http/envelope.ts';
import type { KeyCreate } from '../../providers/keys-face.ts';
import type { FormValues } from '../../providers/sign-in-way.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyForm } from './key-form.tsx';
import type { TypedKey } from './use-typed-key.ts';

interface KeyDialogProps {
  readonly title: string;
  /** The word of the button that sends it off. */
  readonly word: string;
  readonly typed: TypedKey;
  readonly create: KeyCreate;
  readonly connection: Connection;
  /** What stands in the fields at first; the vendor's own where left out. */
  readonly like?: FormValues;
  /** What is said or chosen above the fields. */
  readonly children: ReactNode;
  /** What is sent, in words, below them. */
  readonly sends: ReactNode;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}

/** What a key is to be, before anything is sent. */
export function KeyDialog({ title, word, typed, children, sends, onSubmit, onClose, ...fields }: KeyDialogProps) {
  const id = useId();
  const { failure } = typed;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} busy={typed.busy}>
            {word}
          </Button>
        </>
      }
    >
      {children}
      <KeyForm
        {...fields}
        id={id}
        form={typed.form}
        nowMs={typed.openedAtMs}
        missing={typed.missing}
        onSubmit={() => void onSubmit()}
      />
      {failure && (
        <Band tone="bad" title={failure.sentence} alerts>
          {failure.next}
        </Band>
      )}
      {sends}
    </Dialog>
  );
}
