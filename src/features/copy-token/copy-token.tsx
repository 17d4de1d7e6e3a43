import { createElement, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { entryOf } from '../../providers/registry.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { ButtonLook } from '../../ui/button.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { SplitButton } from '../../ui/split-button.tsx';
import type { Said } from './copied-words.ts';
import { deskOf } from './copy-desk.ts';
import { byHand, copyMenu } from './copy-parts.ts';
import type { Remembered } from './shape-names.ts';
import { useCopy } from './use-copy.ts';

interface CopyTokenProps {
  readonly session: SessionView;
  /** "bob, OCP (demo)", for a notice; provider and user where left out. */
  readonly whose?: string;
  /** Ids of what says whose token it is and how long it lives: the button's name stays the same every second. */
  readonly describedBy?: string;
  /** Says what went wrong where the session stands, in place of a notice; null when all is well again. */
  readonly onTrouble?: (said: Said | null) => void;
  readonly look?: ButtonLook;
  readonly size?: 'normal' | 'small';
  /** Its name says whose token it is: it stands where no row does, beside others of the same vendor. */
  readonly named?: boolean;
}

/** One press copies a fresh token; the menu beside it changes the shape, and the shape is remembered. */
export function CopyToken({ session, whose, describedBy, onTrouble, look, size, named = false }: CopyTokenProps) {
  const services = useServices();
  const desk = deskOf(services);
  const notify = useNotify();
  const { name: providerName, carries } = entryOf(services.registry, session.provider);
  const carried = carries?.[session.lineage.way];
  const [choice, setChoice] = useState(() => desk.shapeFor(session.id));
  const { copy, busy, refused, leave } = useCopy(session.id, say);

  function say(said: Said): void {
    onTrouble?.(said.tone === 'ok' ? null : said);
    if (onTrouble && said.tone !== 'ok') return;
    notify({
      tone: said.tone,
      title: said.sentence,
      more: said.more ?? whose ?? `${providerName}, ${session.identity.name}`,
    });
  }
  function choose(next: Remembered): void {
    desk.remember(session.id, next);
    setChoice(next);
    copy(next);
  }

  const token = `${providerName} ${carried ?? 'access token'}`;
  const what = named ? `the ${token} of ${session.identity.name}` : token;
  const shape = choice.onButton;
  const ByHand = byHand.now()?.ByHand;
  return (
    <>
      <SplitButton
        {...(look ? { look } : {})}
        {...(size ? { size } : {})}
        data-copy=""
        busy={busy}
        disabled={session.tokens === null}
        aria-label={shape === '' ? `Copy ${what}` : `Copy ${shape} with ${what}`}
        {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
        onClick={() => copy(choice)}
        menuLabel={`Copy ${what} as`}
        arrive={copyMenu.load}
        items={() => {
          const part = copyMenu.now();
          return part && createElement(part.CopyMenu, { session, carried, onChoose: choose });
        }}
      >
        {shape === '' ? 'Copy' : `Copy ${shape}`}
      </SplitButton>
      {refused &&
        ByHand &&
        createElement(ByHand, {
          text: refused.text,
          what,
          onCopied: () => leave(true),
          onClose: () => leave(false),
        })}
    </>
  );
}
