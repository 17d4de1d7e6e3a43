import type { ReactNode, RefObject } from 'react';

interface DeskFormProps {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly onSend: () => Promise<void>;
  readonly children: ReactNode;
}

/** A form about the vault. What is typed is read by `onSend` from the form itself, and goes nowhere else. */
export function DeskForm({ form, onSend, children }: DeskFormProps) {
  return (
    <form
      ref={form}
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void onSend();
      }}
    >
      {children}
    </form>
  );
}
