import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/button.tsx';
import { useAnnounce } from '../../ui/live-region.tsx';
import { SignInAnswer, type Answering } from './sign-in-answer.tsx';
import type { Desk, News, Outcome, Via } from './sign-in-desk.ts';

interface NewsOfOthersProps extends Answering {
  /** The way in that is in sight. */
  readonly way: Via;
  readonly desk: Desk;
  /** The form is not to close with what is dismissed. */
  readonly stayOpen: () => void;
}

/** What came by another way in than the one in sight, until the person has read it: no answer of this form replaces it. */
export function NewsOfOthers({ way, desk, stayOpen, ...answering }: NewsOfOthersProps) {
  const news = useStore(desk.state, (state) => state.news);
  const others = news.filter(({ via }) => via.id !== way.id);
  useSaidAloud(others.at(-1));
  if (others.length === 0) return null;
  return (
    <div className="mb-3.5 grid gap-3.5">
      {others.map((one) => (
        <SignInAnswer
          key={one.via.id}
          {...answering}
          outcome={one}
          pause={undefined}
          onDismiss={desk.dismiss}
          lead={
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
              <p className="min-w-0 flex-1 basis-48">By the way in “{one.via.label}”, not by this form:</p>
              <Button
                size="small"
                aria-label={`Dismiss the answer of “${one.via.label}”`}
                onClick={(event) => {
                  // The button goes with it.
                  event.currentTarget.closest('section')?.querySelector<HTMLElement>('form input')?.focus();
                  stayOpen();
                  desk.dismiss(one);
                }}
              >
                Dismiss
              </Button>
            </div>
          }
        />
      ))}
    </div>
  );
}

/** What came while the person was busy elsewhere takes no focus, and so is said. */
function useSaidAloud(last: News | undefined): void {
  const announce = useAnnounce();
  const said = useRef<News | undefined>(undefined);
  useEffect(() => {
    if (last && last !== said.current) announce(`${last.via.label}: ${sentenceOf(last)}`);
    said.current = last;
  }, [announce, last]);
}

function sentenceOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'opened':
      return `signed in as ${outcome.session.identity.name}.`;
    case 'checked':
      return outcome.sentence;
    case 'failed':
      return outcome.failure.sentence;
    default:
      return outcome satisfies never;
  }
}
