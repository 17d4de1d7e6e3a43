import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useAnsweredSince } from '../../console/use-answered-since.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { useNotify } from '../../ui/notices.tsx';
import type { Note } from './action-words.ts';
import { noticeOf } from './use-session-actions.ts';

interface SessionNote {
  /** What stands at the session until something else is done with it. */
  readonly note: Note | null;
  /** null: all is well again. */
  tell(said: Note | null): void;
}

/**
 * The answer to what was done with a session. What went wrong stands at the session alone and is read out once; a notice
 * as well would say it twice and cover other rows. Good news is a notice, and so is what comes after its session has left
 * the screen.
 */
export function useSessionNote(session: SessionView, where: string): SessionNote {
  const notify = useNotify();
  const announce = useAnnounce();
  const [kept, setKept] = useState<{ readonly note: Note; readonly refreshes: number } | null>(null);
  const onScreen = useRef(false);
  const refreshes = useRef(session.refreshes);
  useLayoutEffect(() => {
    refreshes.current = session.refreshes;
  }, [session.refreshes]);
  useLayoutEffect(() => {
    onScreen.current = true;
    return () => {
      onScreen.current = false;
    };
  }, []);

  const tell = useCallback(
    (said: Note | null): void => {
      const isBad = said !== null && said.tone !== 'ok' && said.ends !== true;
      setKept(isBad || said?.stays ? { note: said, refreshes: refreshes.current } : null);
      if (!said) return;
      const notice = noticeOf(said, { session, where });
      if (isBad && onScreen.current) announce([notice.title, notice.more].join(' '));
      else notify(notice);
    },
    [session, where, notify, announce],
  );
  const back = useAnsweredSince(kept?.note.untilBack ? kept : null);
  // What was said of a token does not hold for the one that took its place, nor of a gateway that is back.
  return { note: kept?.refreshes === session.refreshes && !back ? kept.note : null, tell };
}

/** What of a note is not said already by the sentence above it. */
export function restOf(note: Note, saidAbove: string | null): string {
  const sentence = saidAbove?.includes(note.sentence) ? '' : note.sentence;
  return [sentence, note.more ?? ''].join(' ').trim();
}
