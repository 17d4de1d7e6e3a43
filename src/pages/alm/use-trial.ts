import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { callAs } from '../../refresh/call-as.ts';
import type { SessionView } from '../../sessions/record.ts';

interface Trial {
  readonly running: boolean;
  /** What came of the last one; empty before it. */
  readonly words: string;
  run(): void;
}

/** Uses the token for a harmless call, as any feature does: a dead one is minted again once, and the others are looked after. */
export function useTrial({ id, generation }: SessionView): Trial {
  const { hands } = useServices();
  const [running, setRunning] = useState(false);
  const [words, setWords] = useState('');

  async function attempt(): Promise<string> {
    const done = await callAs(hands, id, 'issues');
    const now = await hands.repository.get(id);
    const minted = now !== undefined && now.tokens !== null && now.generation > generation;
    if (done.ok) {
      return minted ? 'The token was dead. A new one was minted with the kept key, and works.' : 'The token works.';
    }
    return `${done.failure.sentence} ${done.failure.next}`;
  }
  return {
    running,
    words,
    run() {
      if (running) return;
      setRunning(true);
      setWords('');
      void attempt()
        .catch(() => 'This page failed while it asked. Nothing is asked again by itself.')
        .then(setWords)
        .finally(() => setRunning(false));
    },
  };
}
