import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { callAs } from '../../refresh/call-as-later.ts';
import type { Hands } from '../../refresh/hands.ts';
import { accessEndsAtMs } from '../../refresh/plan.ts';
import { viewOf, type SessionView } from '../../sessions/record.ts';

interface Trial {
  readonly running: boolean;
  /** What came of the last one; empty before it, and once the session has moved on from there. */
  readonly words: string;
  run(): void;
}

/** Uses the token for a harmless call, as any feature does: a dead one is minted again once, and the others are looked after. */
export function useTrial(session: SessionView): Trial {
  const { id, generation } = session;
  const { hands } = useServices();
  const [running, setRunning] = useState(false);
  const [said, setSaid] = useState(nothing);

  return {
    running,
    words: said.at === standingOf(session) ? said.words : '',
    run() {
      if (running) return;
      setRunning(true);
      setSaid(nothing);
      void attempt(hands, id, generation)
        .catch(() => 'This page failed while it asked. Nothing is asked again by itself.')
        .then(async (words) => {
          const now = await hands.repository.get(id).catch(() => undefined);
          setSaid({ words, at: standingOf(now ?? session) });
        })
        .finally(() => setRunning(false));
    },
  };
}

const nothing = { words: '', at: '' };

/** Changes when the token, or what is known of it, does. */
const standingOf = ({ generation, signInNeeded }: Pick<SessionView, 'generation' | 'signInNeeded'>): string =>
  `${String(generation)} ${signInNeeded?.code ?? ''}`;

async function attempt(hands: Hands, id: string, generation: number): Promise<string> {
  const done = await callAs(hands, id, 'issues');
  const record = await hands.repository.get(id);
  const now = record && viewOf(record);
  const minted = now?.tokens && now.generation > generation;
  if (done.ok) {
    return minted ? 'The token was dead. A new one was minted with the kept key, and works.' : 'The token works.';
  }
  const { fault, sentence, next, serverSaid } = done.failure;
  const said = serverSaid === undefined ? '' : ` The server said: “${serverSaid}”`;
  // What came of minting again says nothing of the token that was tried.
  const dead = now && fault !== 'access' && isOver(hands, now) ? 'The token is dead. ' : '';
  return `${dead}${sentence} ${next}${said}`;
}

function isOver(hands: Hands, session: SessionView): boolean {
  const endMs = accessEndsAtMs(session, hands.offsetMs(session.connection));
  return !session.tokens || (endMs !== undefined && endMs <= hands.nowMs());
}
