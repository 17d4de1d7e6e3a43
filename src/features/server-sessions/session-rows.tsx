import { useState } from 'react';
import { formatAgo, formatMoment } from '../../lib/format-time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Cell, Table, TwoLines } from '../../ui/table.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';

interface SessionRowsProps {
  readonly label: string;
  readonly seen: readonly Seen[];
  readonly nowMs: number;
  /** Absent where this user may end none of them. */
  readonly onEnd?: (seen: Seen) => void;
  readonly busy: boolean;
}

/** Drawn at once: a user without a limit may have a thousand, and every row costs at each beat. */
const ROWS_MAX = 25;

/** Every session of the count with what tells one from another. */
export function SessionRows({ label, seen, nowMs, onEnd, busy }: SessionRowsProps) {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(seen.length / ROWS_MAX));
  const first = Math.min(page, pages - 1) * ROWS_MAX;
  const drawn = seen.slice(first, first + ROWS_MAX);
  // From the last to the first: a button that went away would take the focus along.
  const turn = (by: number) => () => setPage((first / ROWS_MAX + by + pages) % pages);
  const columns = [
    { name: 'Session' },
    { name: 'Started', widthRem: 7 },
    { name: 'Last used', widthRem: 7 },
    { name: 'Frees itself by', widthRem: 8 },
    { name: 'Clients', widthRem: 6 },
    { name: 'Actions', widthRem: 6, unseen: true },
  ];
  return (
    <>
      <Table label={label} columns={columns} wide rowsInAll={pages > 1 ? seen.length : undefined}>
        {drawn.map((one, at) => (
          <Row key={one.id} seen={one} nowMs={nowMs} number={first + at + 1} inPart={pages > 1} {...{ onEnd, busy }} />
        ))}
      </Table>
      {pages > 1 && (
        <div className="flex flex-wrap items-center justify-center gap-2.5 p-2.5 tabular-nums">
          <Button size="small" onClick={turn(-1)}>
            Previous
          </Button>
          <span role="status">
            {first + 1} to {first + drawn.length} of {seen.length}
          </span>
          <Button size="small" onClick={turn(1)}>
            Next
          </Button>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly seen: Seen;
  readonly nowMs: number;
  readonly number: number;
  /** Not all rows are drawn. */
  readonly inPart: boolean;
  readonly onEnd: SessionRowsProps['onEnd'];
  readonly busy: boolean;
}

function Row({ seen, nowMs, number, inPart, onEnd, busy }: RowProps) {
  const { mark, startedAtMs, lastUsedAtMs, freesAtMs, clients } = seen;
  const moment = (ms: number | null): string => (ms === null ? 'not reported' : formatMoment(ms, nowMs));
  const word = mark === 'in-view' ? 'Log out' : mark === 'left' ? 'Free slot' : 'End';
  return (
    <tr aria-rowindex={inPart ? number + 1 : undefined}>
      <Cell card="title">
        <TwoLines
          first={
            <>
              {titleOf(seen)} {mark === 'in-view' && <Badge look="strong">you</Badge>}
            </>
          }
          second={mark === 'left' ? 'this browser still holds what ends it' : placeOf(seen)}
        />
      </Cell>
      <Cell card="fact" name="Started" numeric>
        {/* One piece, as a card sets pieces apart. */}
        <span>
          {moment(startedAtMs)}
          {startedAtMs !== null && <TickText text={(atMs) => `, ${formatAgo(startedAtMs, atMs)}`} />}
        </span>
      </Cell>
      <Cell card="fact" name="Last used" numeric>
        {lastUsedAtMs === null ? 'not reported' : <TickText text={(atMs) => formatAgo(lastUsedAtMs, atMs)} />}
      </Cell>
      <Cell card="fact" name="Frees itself by" numeric>
        {moment(freesAtMs)}
      </Cell>
      <Cell card="fact" name="Clients">
        <span className="font-mono text-sm wrap-anywhere">{clients.join(', ') || 'not reported'}</span>
      </Cell>
      <Cell card="actions">
        {onEnd && (
          <Button
            size="small"
            look={mark === 'in-view' ? 'secondary' : 'danger'}
            busy={busy}
            aria-label={`${word}: session ${String(number)}, ${titleOf(seen)}`}
            onClick={() => onEnd(seen)}
          >
            {word}
          </Button>
        )}
      </Cell>
    </tr>
  );
}
