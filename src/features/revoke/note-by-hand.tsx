import { useLayoutEffect, useRef } from 'react';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface NoteByHandProps {
  /** Markdown without a secret. */
  readonly note: string;
  readonly onClose: () => void;
}

/** Where the browser does not let the page write to the clipboard: the note, selected, and as a file. */
export function NoteByHand({ note, onClose }: NoteByHandProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <Dialog
      title="Press Ctrl+C to copy the note"
      wide
      onClose={onClose}
      actions={
        <>
          <a
            className={buttonClass('secondary')}
            href={`data:text/markdown;charset=utf-8,${encodeURIComponent(note)}`}
            download="incident.md"
          >
            Download it
          </a>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <p>
        The browser did not let this page write to the clipboard. The note stands selected below: press Ctrl+C, or ⌘C on
        a Mac. No secret is in it.
      </p>
      <textarea
        ref={field}
        readOnly
        rows={12}
        value={note}
        aria-label="Incident note"
        className="input h-auto py-1.5 font-mono text-sm"
      />
    </Dialog>
  );
}
