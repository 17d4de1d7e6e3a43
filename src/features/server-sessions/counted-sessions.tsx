import type { SlotCount } from '../../console/slot-counter.ts';
import { SessionRows } from './session-rows.tsx';
import type { Seen } from './seen-sessions.ts';
import { StepChart } from './step-chart.tsx';
import { WhyNotCounted } from './why-not-counted.tsx';

interface CountedSessionsProps {
  /** Whose they are. */
  readonly name: string;
  readonly count: SlotCount;
  readonly seen: readonly Seen[];
  readonly nowMs: number;
  /** Absent where this user may end none of them. */
  readonly onEnd: ((seen: Seen) => void) | false;
  readonly busy: boolean;
}

/** What only a count shows: why it is not the server's, every session as a row, and how many there were. */
export function CountedSessions({ name, count, onEnd, ...rows }: CountedSessionsProps) {
  const { sessions, runs, limit } = count;
  return (
    <>
      <WhyNotCounted count={count} />
      {sessions && (
        <div className="-mx-3.5 mt-3.5 border-t border-line">
          <SessionRows label={`Listed by the server for ${name}`} {...rows} {...(onEnd && { onEnd })} />
        </div>
      )}
      {runs.length > 0 && <StepChart runs={runs} limit={limit} nowMs={rows.nowMs} />}
    </>
  );
}
