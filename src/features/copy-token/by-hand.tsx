import { useLayoutEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ByHandProps {
  readonly text: string;
  /** "OCP access token" */
  readonly what: string;
  readonly onCopied: () => void;
  readonly onClose: () => void;
}

/** The last way: the text stands selected in a field, unseen, and the person presses the keys. */
export function ByHand({ text, what, onCopied, onClose }: ByHandProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  return (
    <Dialog title="Press Ctrl+C to copy" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <p>
        The browser did not let this page write to the clipboard. The {what} stands selected in the field below: press
        Ctrl+C, or ⌘C on a Mac.
      </p>
      <textarea
        ref={field}
        readOnly
        rows={1}
        value={text}
        aria-label={`${what}, hidden`}
        className="input resize-none overflow-hidden py-1.5 text-transparent select-all selection:text-transparent"
        onFocus={(event) => event.currentTarget.select()}
        onCopy={() => setTimeout(onCopied)}
      />
      <p className="text-sm text-ink-3">
        It is not shown, and stays in the clipboard until you copy something else. Browsers let a page write there over
        https or on localhost alone, and not where its permission was refused.
      </p>
    </Dialog>
  );
}
