import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface PasteFieldProps {
  readonly isEmpty: boolean;
  readonly onChange: (text: string) => void;
}

/**
 * Takes whatever is pasted, lines and all: an input alone would glue the lines of a pasted command together. Masked, in no
 * form, no part of an address and no attribute of the document, so that neither history nor password manager has it.
 */
export function PasteField({ isEmpty, onChange }: PasteFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const { key } = useLocation();
  const cameBy = useRef(key);
  useEffect(() => {
    // Led here once more by the shortcut or a link: the page is the same, so its heading takes no focus.
    if (cameBy.current !== key) field.current?.focus();
    cameBy.current = key;
  }, [key]);
  const put = useCallback(
    (text: string): void => {
      // React would write a value of its own into the document as an attribute.
      if (field.current) field.current.value = text;
      onChange(text);
      field.current?.focus();
    },
    [onChange],
  );
  useEffect(() => {
    // Whoever comes here comes to paste, wherever the focus is.
    const take = (event: ClipboardEvent): void => {
      const { target } = event;
      const own = target === field.current ? field.current : null;
      const replacesAll = own !== null && own.selectionStart === 0 && own.selectionEnd === own.value.length;
      const isTyping = target instanceof Element && target.matches('input, textarea, select');
      if ((isTyping && !replacesAll) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      put(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('paste', take);
    return () => document.removeEventListener('paste', take);
  }, [put]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="min-w-0 flex-1 basis-64">
        <TextField
          ref={field}
          kind="secret"
          label="Key, token or whatever was found"
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          onChange={(event) => onChange(event.target.value)}
          hint="It is recognised on this machine. Nothing is sent before you press a button that says so."
        />
      </div>
      {!isEmpty && <Button onClick={() => put('')}>Clear</Button>}
    </div>
  );
}
