import type { CallRecord } from '../../http/call.ts';
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import { State, type StateKind } from '../../ui/state.tsx';
import { Cell, Table, TwoLines } from '../../ui/table.tsx';
import { outcomeWords, phaseWords } from './cause-words.ts';
import type { NamedCall } from './named-call.ts';

const COLUMNS = [
  { name: 'Time', widthRem: 5.5 },
  { name: 'Operation' },
  { name: 'Phase', widthRem: 12 },
  { name: 'Status', widthRem: 4.5 },
  { name: 'ms', widthRem: 4.5 },
  { name: 'What became of it' },
];

/** The calls that were sent, or tried. Nothing secret is ever in one. */
export function ActivityTable({ calls }: { readonly calls: readonly NamedCall[] }) {
  return (
    <Table label="Last calls" columns={COLUMNS}>
      {calls.map((named) => (
        <ActivityRow key={named.call.id} named={named} />
      ))}
    </Table>
  );
}

function ActivityRow({ named: { call, provider, connection, label } }: { readonly named: NamedCall }) {
  return (
    <tr>
      <Cell card="state">
        <time
          className="font-mono text-sm"
          dateTime={new Date(call.atMs).toISOString()}
          title={formatDateTime(call.atMs)}
        >
          {formatClockTime(call.atMs)}
        </time>
      </Cell>
      <Cell card="title">
        <TwoLines first={label} second={`${provider} · ${connection}`} />
      </Cell>
      <Cell card="fact" name="Phase">
        <State kind={markOf(call)}>{phaseWords(call.phase)}</State>
      </Cell>
      <Cell card="fact" name="Status" numeric>
        {call.status ?? '—'}
      </Cell>
      <Cell card="fact" name="ms" numeric>
        {Math.round(call.durationMs)}
      </Cell>
      <Cell card="wide">
        <span className="wrap-anywhere text-ink-2">{outcomeWords(call)}</span>
      </Cell>
    </tr>
  );
}

/** Green only where the server did what was asked; a refusal needs no person, but a look. */
function markOf({ phase, status, cause }: CallRecord): StateKind {
  if (phase === 'not-sent') return 'bad';
  return phase === 'sent' || cause || status === null || status >= 400 ? 'attention' : 'ready';
}
