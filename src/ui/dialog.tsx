import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the deciding one last. */
  readonly actions: ReactNode;
  /** Neither Escape nor a click outside closes it: something is shown here that cannot be shown again. */
  readonly insistent?: boolean;
  /** For a table or a list of calls. */
  readonly wide?: boolean;
}

/** A native modal dialog, open as long as it is rendered. Focus returns to where it came from. */
export function Dialog({ title, onClose, children, actions, insistent = false, wide = false }: DialogProps) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  const leaving = useRef(false);

  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog) return undefined;
    leaving.current = false;
    dialog.showModal();
    return () => {
      leaving.current = true;
      // Closed before it leaves the document: only then does the browser give focus back.
      dialog.close();
    };
  }, []);

  return (
    <dialog
      ref={element}
      className="dialog"
      data-wide={wide || undefined}
      aria-labelledby={id}
      closedby={insistent ? 'none' : 'any'}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        // Closed by us: the browser's own closing is told late, and a press on what opened it could come before.
        event.preventDefault();
        if (!insistent) onClose();
      }}
      onClose={(event) => {
        // The event comes late: after our own closing, or when the dialog is open again already.
        const ours = leaving.current || event.currentTarget.open;
        if (event.target === event.currentTarget && !ours) onClose();
      }}
    >
      <div className="grid max-h-[inherit] grid-rows-[auto_1fr_auto]">
        <h2 id={id} className="border-b border-line px-4 py-3 font-semibold">
          {title}
        </h2>
        <div className="grid gap-3 overflow-y-auto p-4">{children}</div>
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{actions}</div>
      </div>
    </dialog>
  );
}
