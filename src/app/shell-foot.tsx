import { useCallback } from 'react';
import { useConnections, useForgetful, useServices } from '../console/use-services.ts';
import { TickText } from '../ui/tick-text.tsx';
import { clockSentence } from './clock-sentence.ts';
import { refreshSentence } from './refresh-sentence.ts';

/** The truth about the machine: when it sends next, whether it can, and how far the clocks are apart. */
export function ShellFoot() {
  const { clocks, keeping, state } = useServices();
  const connections = useConnections();
  const forgetful = useForgetful();
  const refreshText = useCallback(
    (nowMs: number) => refreshSentence({ ...state.getState(), ...keeping.getState() }, nowMs),
    [keeping, state],
  );
  const clockText = useCallback(() => clockSentence(clocks, connections), [clocks, connections]);

  return (
    <footer className="foot">
      <p className="font-semibold text-ink-2 tabular-nums">
        <TickText text={refreshText} />
      </p>
      <p>{forgetful ? 'Memory only: reload forgets' : 'Kept in the vault'}</p>
      <p>
        <TickText text={clockText} />
      </p>
    </footer>
  );
}
