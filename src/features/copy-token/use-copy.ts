import { useCallback, useRef, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { partMissing } from '../../lib/later.ts';
import { writeToClipboard } from '../../lib/write-clipboard.ts';
import type { Said } from './copied-words.ts';
import { deskOf } from './copy-desk.ts';
import { byHand, copying } from './copy-parts.ts';
import type { Choice } from './shape-names.ts';

/** A text that the clipboard refused, to be copied by hand, with what there is to say once it was. */
interface Refused {
  readonly text: string;
  readonly said: Said;
}

interface Copying {
  /** To be called in the turn of the click or key. Does nothing while a copy is under way. */
  copy(choice: Choice): void;
  readonly busy: boolean;
  readonly refused: Refused | null;
  /** The dialog for copying by hand was left. */
  leave(copied: boolean): void;
}

const broken: Said = partMissing('copied');

export function useCopy(sessionId: string, onSaid: (said: Said) => void): Copying {
  const services = useServices();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const working = useRef(false);

  const copy = useCallback(
    (choice: Choice): void => {
      if (working.current) return;
      working.current = true;
      const made = copying.load().then(({ textToCopy }) => textToCopy(services.hands, sessionId, choice));
      const text = made.then((result) =>
        result.ok ? result.value.text : Promise.reject(new Error('nothing to copy')),
      );
      const written = writeToClipboard(text);
      // Where there is nothing to copy, `made` says so; nobody needs to hear it twice.
      written.catch(() => undefined);
      setBusy(true);

      async function tell(): Promise<void> {
        const [{ copiedWords, notCopiedWords }, result] = await Promise.all([copying.load(), made]);
        if (!result.ok) {
          onSaid(notCopiedWords(result.failure));
          return;
        }
        const said = copiedWords(result.value);
        if ((await written) === 'refused') {
          await byHand.load();
          setRefused({ text: result.value.text, said });
          return;
        }
        if (result.value.token) deskOf(services).secretCopied();
        onSaid(said);
      }
      tell()
        .catch(() => onSaid(broken))
        .finally(() => {
          working.current = false;
          setBusy(false);
        });
    },
    [services, sessionId, onSaid],
  );

  return {
    copy,
    busy,
    refused,
    leave(copied) {
      if (copied && refused) onSaid(refused.said);
      setRefused(null);
    },
  };
}
