import { useCallback } from 'react';
import { useConnections, useForgetful, useNextRefresh, useOnline, useServices } from '../console/use-services.ts';
import { formatMoment } from '../lib/format-time.ts';
import { TickText } from '../ui/tick-text.tsx';
import { clockSentence } from './clock-sentence.ts';

/** The truth about the machine: when it sends next, whether it can, and how far the clocks are apart. */
export function ShellFoot() {
  const { clocks } = useServices();
  const connections = useConnections();
  const nextRefreshAtMs = useNextRefresh();
  const online = useOnline();
  const forgetful = useForgetful();
  const refreshText = useCallback(
    (nowMs: number) =>
      nextRefreshAtMs === null ? 'No refresh is due' : `Next refresh ${formatMoment(nextRefreshAtMs, nowMs)}`,
    [nextRefreshAtMs],
  );
  const clockText = useCallback(() => clockSentence(clocks, connections), [clocks, connections]);

  return (
    <footer className="foot">
      <p className="font-semibold text-ink-2 tabular-nums">
        <TickText text={refreshText} />
      </p>
      <p>{online ? (forgetful ? 'Memory only: reload forgets' : 'Kept in the vault') : 'Offline: nothing is sent'}</p>
      <p>
        <TickText text={clockText} />
      </p>
    </footer>
  );
}
