import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { explainReply } from '../../providers/alm/errors.ts';
import { isIssuesReply } from '../../providers/alm/replies.ts';
import { readAs } from '../../refresh/call-as-later.ts';
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
  const done = await readAs(hands, id, 'issues', readProof);
  const record = await hands.repository.get(id);
  const now = record && viewOf(record);
  const minted = now?.tokens && now.generation > generation;
  if (done.ok) return minted ? `${MINTED}, and works.` : 'The token works.';
  const { fault, sentence, next, serverSaid, status } = done.failure;
  const said = serverSaid === undefined ? '' : ` The server said: “${serverSaid}”`;
  // What came of minting again says nothing of the token that was tried.
  const dead = now && fault !== 'access' && isOver(hands, now) ? 'The token is dead. ' : '';
  const unproven =
    dead === '' && status !== null && status < 300 ? `Not known whether ${minted ? 'it' : 'the token'} works. ` : '';
  return `${minted ? `${MINTED}. ` : dead}${unproven}${sentence} ${next}${said}`;
}

const MINTED = 'The token was dead. A new one was minted with the kept key';

/** A page that asks for a sign-in comes with a yes as well. */
const readProof = (reply: Reply): Result<null, Failure> =>
  isIssuesReply(reply.json) ? succeed(null) : fail(explainReply(reply, 'issues'));

function isOver(hands: Hands, session: SessionView): boolean {
  const endMs = accessEndsAtMs(session, hands.offsetMs(session.connection));
  return !session.tokens || (endMs !== undefined && endMs <= hands.nowMs());
}
