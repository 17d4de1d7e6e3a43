import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { setKeepFresh } from '../../sessions/transitions.ts';
import type { Note } from './action-words.ts';
import type { Doing, Subject } from './act-on-session.ts';
import { actions } from './session-parts.ts';
import { partMissing } from '../../lib/later.ts';

export interface SessionActions {
  /** What is under way; another action waits for it. */
  readonly doing: Doing | null;
  run(what: Doing): void;
  keepFresh(on: boolean): void;
  /** A part of the page that was asked for did not arrive. */
  notFetched(): void;
}

/** A result as a notice: it outlives its row on the screen, so it says of itself whose it is. */
export function noticeOf({ tone, sentence, more }: Note, { session, where }: Subject) {
  const whose = sentence.includes(session.identity.name) ? [] : [`${session.identity.name}, ${where}.`];
  const rest = [...whose, ...(more === undefined ? [] : [more])].join(' ');
  return { tone, title: sentence, ...(rest === '' ? {} : { more: rest }) };
}

const broken: Note = partMissing('sent');

/** What a person can do with a session. Every result is said once, in words. */
export function useSessionActions(subject: Subject, say: (note: Note) => void): SessionActions {
  const services = useServices();
  const [doing, setDoing] = useState<Doing | null>(null);

  return {
    doing,
    run(what) {
      // A log out does not wait for a free moment: it waits for a refresh in flight by itself, and ends the newest pair.
      if (doing === what || (doing !== null && what !== 'logOut')) return;
      setDoing(what);
      void actions
        .load()
        .then(({ perform }) => perform(what, services, subject))
        .catch(() => broken)
        .then(say)
        .finally(() => setDoing((now) => (now === what ? null : now)));
    },
    notFetched: () => say(broken),
    keepFresh(on) {
      services.hands.repository.change(subject.session.id, setKeepFresh(on)).catch(async (error: unknown) => {
        say(
          await actions.load().then(
            ({ faultNote }) => faultNote(error),
            () => broken,
          ),
        );
      });
    },
  };
}
