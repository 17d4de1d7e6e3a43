import { useCallback } from 'react';
import { useConnections, useNextRefresh, useOnline, useServices } from '../console/use-services.ts';
import { formatClockTime } from '../lib/format-time.ts';
import { TickText } from '../ui/tick-text.tsx';
import { clockSentence } from './clock-sentence.ts';

/** The truth about the machine: when it sends next, whether it can, and how far the clocks are apart. */
export function ShellFoot() {
  const { clocks } = useServices();
  const connections = useConnections();
  const nextRefreshAtMs = useNextRefresh();
  const online = useOnline();
  const clockText = useCallback(() => clockSentence(clocks, connections), [clocks, connections]);

  return (
    <footer className="foot">
      <p className="font-semibold text-ink-2 tabular-nums">
        {nextRefreshAtMs === null ? 'No refresh is due' : `Next refresh ${formatClockTime(nextRefreshAtMs)}`}
      </p>
      <p>{online ? 'Memory only: reload forgets' : 'Offline: nothing is sent'}</p>
      <p>
        <TickText text={clockText} />
      </p>
    </footer>
  );
}
