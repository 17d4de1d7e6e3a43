import { useCallback, useRef, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import type { FormSignIn, Target } from '../../providers/sign-in-way.ts';
import { signIn, type Door } from '../../refresh/sign-in.ts';
import { ownFault } from './sign-in-work.ts';
import type { Credential } from './target-panel.tsx';

/** What became of the last press for one target. */
export type Standing =
  | { readonly kind: 'running' }
  | { readonly kind: 'minted'; readonly atMs: number; readonly sessionId: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Mint {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly everMinted: boolean;
  /** One call; a press while it is under way does nothing. */
  mint(target: Target): void;
}

/** Tokens for one target after the other, all of them of the one credential. */
export function useMint(
  { provider, connection, way }: Door & { readonly way: FormSignIn },
  credential: Credential,
): Mint {
  const { hands, state, nowMs } = useServices();
  const [standing, setStanding] = useState<ReadonlyMap<string, Standing>>(new Map());
  const running = useRef(new Set<string>());
  const kept = useRef(false);
  const [everMinted, setEverMinted] = useState(false);

  const mint = useCallback(
    (target: Target): void => {
      if (running.current.has(target.id)) return;
      running.current.add(target.id);
      const tell = (now: Standing): void => setStanding((before) => new Map(before).set(target.id, now));
      tell({ kind: 'running' });
      // Whoever forgot it meanwhile does not want it kept by the next token.
      const stillKept = (): boolean => state.getState().credentials.some(({ id }) => id === credential.id);
      const keep = credential.keep && (!kept.current || stillKept());
      const { values } = credential.listed;
      signIn(hands, { provider, connection, way, values, target, keep, credential: credential.id })
        .then(
          (done) => {
            if (!done.ok) return tell({ kind: 'failed', failure: done.failure });
            kept.current ||= keep;
            setEverMinted(true);
            tell({ kind: 'minted', atMs: nowMs(), sessionId: done.value.record.id });
          },
          () => tell({ kind: 'failed', failure: ownFault }),
        )
        .finally(() => running.current.delete(target.id));
    },
    [hands, state, nowMs, provider, connection, way, credential],
  );
  return { standing, everMinted, mint };
}
