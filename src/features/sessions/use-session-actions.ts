import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Services } from '../../console/services.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { Provider } from '../../providers/contract.ts';
import { forget, logOut } from '../../refresh/end-session.ts';
import { refreshSession } from '../../refresh/refresh-session.ts';
import type { SessionView } from '../../sessions/record.ts';
import { setKeepFresh } from '../../sessions/transitions.ts';
import { checkNote, failureNote, loggedOutNote, refreshNote, type Note } from './action-words.ts';
import { checkSession } from './check-session.ts';

export type Doing = 'refresh' | 'check' | 'log-out' | null;

export interface SessionActions {
  /** What is under way; another action waits for it. */
  readonly doing: Doing;
  refresh(): void;
  check(): void;
  logOut(): void;
  forget(): void;
  keepFresh(on: boolean): void;
}

interface Subject {
  readonly session: SessionView;
  readonly provider: Provider | undefined;
  /** "OCP production" */
  readonly where: string;
}

const broken: Note = {
  tone: 'bad',
  sentence: 'This page could not load its own part for this provider.',
  more: 'Nothing was sent. Reload the page and try again.',
};

/** What a person can do with a session. Every result is said once, in words. */
export function useSessionActions(subject: Subject, say: (note: Note) => void): SessionActions {
  const services = useServices();
  const [doing, setDoing] = useState<Doing>(null);
  const { id } = subject.session;

  const { hands } = services;
  function run(what: Exclude<Doing, null>, work: () => Promise<Note>): void {
    if (doing !== null) return;
    setDoing(what);
    void work()
      .catch(() => broken)
      .then(say)
      .finally(() => setDoing(null));
  }
  return {
    doing,
    refresh() {
      run('refresh', async () => {
        const done = await refreshSession(hands, id, 'person');
        return refreshNote(done, services.nowMs(), (connection) => hands.offsetMs(connection));
      });
    },
    check() {
      run('check', async () => {
        const checked = await checkSession(hands, id);
        return checked.ok ? checkNote(checked.value.verdict, checked.value.evidence) : failureNote(checked.failure);
      });
    },
    logOut() {
      run('log-out', () => endAtVendor(services, subject));
    },
    forget() {
      void forget(hands, id).then(() =>
        say({
          tone: 'ok',
          sentence: `Forgot ${subject.session.identity.name}, ${subject.where}`,
          more: 'Only here: nothing was sent.',
        }),
      );
    },
    keepFresh(on) {
      void hands.repository.change(id, setKeepFresh(on));
    },
  };
}

async function endAtVendor(services: Services, { session, provider, where }: Subject): Promise<Note> {
  const { hands, state } = services;
  const lastBefore = state.getState().calls[0]?.id ?? -1;
  const done = await logOut(hands, session.id);
  if (!done.ok) return failureNote(done.failure);
  const sent = state
    .getState()
    .calls.find(
      ({ id, operation, connection }) =>
        id > lastBefore && operation === provider?.logOut?.operation && connection === session.connection,
    );
  const offsetMs = hands.offsetMs(session.connection);
  return loggedOutNote({
    who: session.identity.name,
    where,
    answer: sent?.status ?? null,
    survives: provider?.logOut?.survives ?? '',
    accessEndsAtMs: session.tokens ? endsAtMs(session.tokens.accessExpiry, offsetMs) : undefined,
    nowMs: services.nowMs(),
  });
}
