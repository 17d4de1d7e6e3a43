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

/** So many rows at first: a user without a limit may have a thousand, and each row costs a layout. */
const ROWS_FIRST = 50;

/** Every session of the count with what tells one from another. */
export function SessionRows({ label, seen, nowMs, onEnd, busy }: SessionRowsProps) {
  const [rows, setRows] = useState(ROWS_FIRST);
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
      <Table label={label} columns={columns} wide>
        {seen.slice(0, rows).map((one, at) => (
          <Row key={one.id} seen={one} nowMs={nowMs} number={at + 1} onEnd={onEnd} busy={busy} />
        ))}
      </Table>
      {seen.length > rows && (
        <div className="p-2.5 text-center">
          <Button size="small" onClick={() => setRows(rows + 2 * ROWS_FIRST)}>
            Show {Math.min(seen.length - rows, 2 * ROWS_FIRST)} more of {seen.length}
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
  readonly onEnd: SessionRowsProps['onEnd'];
  readonly busy: boolean;
}

function Row({ seen, nowMs, number, onEnd, busy }: RowProps) {
  const { mark, startedAtMs, lastUsedAtMs, freesAtMs, clients } = seen;
  const moment = (ms: number | null): string => (ms === null ? 'not reported' : formatMoment(ms, nowMs));
  const word = mark === 'in-view' ? 'Log out' : mark === 'left' ? 'Free slot' : 'End';
  return (
    <tr>
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
        {moment(startedAtMs)}
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
