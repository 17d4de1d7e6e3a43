/**
 * Two hundred rows with live countdowns, by the console's own parts (`?kind=ours`) or as one would write them at first
 * (`?kind=naive`): a timer and a state in every row, digits in a span, a line by its width. The rows hold the same and
 * look alike; they come one after another, as sessions are opened, so that each row's own timer has its own beat.
 */
import { memo, useCallback, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { formatDateTime, formatLife, formatMoment, formatRemaining, formatRough } from '../../src/lib/format-time.ts';
import '../../src/styles.css';
import { Button } from '../../src/ui/button.tsx';
import { Dots } from '../../src/ui/caret.tsx';
import { Countdown } from '../../src/ui/countdown.tsx';
import { LiveRegion } from '../../src/ui/live-region.tsx';
import { Menu } from '../../src/ui/menu.tsx';
import { Panel } from '../../src/ui/panel.tsx';
import { SplitButton } from '../../src/ui/split-button.tsx';
import { State } from '../../src/ui/state.tsx';
import { Switch } from '../../src/ui/switch.tsx';
import { Cell, Table, TwoLines } from '../../src/ui/table.tsx';
import { TickText } from '../../src/ui/tick-text.tsx';
import { TimeProvider } from '../../src/ui/use-time.ts';

const rows = 200;
const startedAtMs = Date.now();
const columns = [
  { name: 'State', widthRem: 8.75 },
  { name: 'Session' },
  { name: 'Access token', widthRem: 10 },
  { name: 'Can be refreshed until', widthRem: 10.75 },
  { name: 'Keep fresh', widthRem: 5.75 },
  { name: 'Actions', widthRem: 15.5, unseen: true },
];

interface Session {
  readonly name: string;
  readonly endsAtMs: number;
  readonly lifeMs: number;
  readonly refreshableUntilMs: number;
}

const sessions: readonly Session[] = Array.from({ length: rows }, (_, at) => {
  const lifeMs = 300_000 + at * 7_000;
  const endsAtMs = startedAtMs + lifeMs - at * 137;
  return { name: `person-${String(at)}`, lifeMs, endsAtMs, refreshableUntilMs: endsAtMs + 1_500_000 };
});

interface RowProps {
  readonly session: Session;
  readonly life: ReactNode;
  readonly refreshable: ReactNode;
}

function Row({ session: { name }, life, refreshable }: RowProps) {
  return (
    <tr>
      <Cell card="state">
        <State kind="ready">Ready</State>
      </Cell>
      <Cell card="title">
        <TwoLines first={name} second="A connection" />
      </Cell>
      <Cell card="wide">{life}</Cell>
      <Cell card="fact" name="Can be refreshed until" numeric>
        {refreshable}
      </Cell>
      <Cell card="fact" name="Keep fresh">
        <Switch label={`Keep ${name} fresh`} checked onChange={() => undefined} />
      </Cell>
      <Cell card="actions">
        <span className="actions">
          <SplitButton size="small" menuLabel={`Copy the token of ${name} as`} items={() => null}>
            Copy
          </SplitButton>
          <Button size="small">Log out</Button>
          <Menu label={`More for ${name}`} button={<Dots />} look="quiet" size="icon-small" items={() => null} />
        </span>
      </Cell>
    </tr>
  );
}

const OwnRow = memo(function OwnRow({ session }: { readonly session: Session }) {
  const { name, endsAtMs, lifeMs, refreshableUntilMs } = session;
  const at = useCallback((nowMs: number) => formatMoment(refreshableUntilMs, nowMs), [refreshableUntilMs]);
  const left = useCallback((nowMs: number) => formatRough(refreshableUntilMs - nowMs), [refreshableUntilMs]);
  return (
    <Row
      session={session}
      life={<Countdown label={`Access token of ${name}`} endsAtMs={endsAtMs} lifeMs={lifeMs} />}
      refreshable={
        <span title={formatDateTime(refreshableUntilMs)}>
          <TickText text={at} /> · <TickText text={left} />
        </span>
      }
    />
  );
});

const NaiveRow = memo(function NaiveRow({ session }: { readonly session: Session }) {
  const [nowMs, setNowMs] = useState(startedAtMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const { name, endsAtMs, lifeMs, refreshableUntilMs } = session;
  const remainingMs = endsAtMs - nowMs;
  return (
    <Row
      session={session}
      life={
        <span className="block" title={`Ends ${formatDateTime(endsAtMs)}`}>
          <span className="flex items-baseline gap-2">
            <span className="countdown-plain" role="timer" aria-label={`Access token of ${name}`}>
              {formatRemaining(remainingMs)}
            </span>
            <span className="countdown-note">of {formatLife(lifeMs)}</span>
          </span>
          <span className="life">
            <span className="life-track">
              <span className="line-plain" style={{ width: `${String((remainingMs / lifeMs) * 100)}%` }} />
            </span>
          </span>
        </span>
      }
      refreshable={
        <span title={formatDateTime(refreshableUntilMs)}>
          {formatMoment(refreshableUntilMs, nowMs)} · {formatRough(refreshableUntilMs - nowMs)}
        </span>
      }
    />
  );
});

const isNaive = new URLSearchParams(location.search).get('kind') === 'naive';
const RowOfKind = isNaive ? NaiveRow : OwnRow;

function Rows() {
  const [count, setCount] = useState(1);
  useEffect(() => {
    if (count === rows) return undefined;
    const timer = setTimeout(() => setCount(count + 1), 7);
    return () => clearTimeout(timer);
  }, [count]);
  return sessions.slice(0, count).map((session) => <RowOfKind key={session.name} session={session} />);
}

const nowMs = (): number => Date.now();
const place = document.getElementById('app');
if (!place) throw new Error('index.html has no element #app');
createRoot(place).render(
  <LiveRegion>
    <TimeProvider nowMs={nowMs}>
      <Panel title="Sessions" flush>
        <Table label="Sessions" columns={columns} wide>
          <Rows />
        </Table>
      </Panel>
    </TimeProvider>
  </LiveRegion>,
);
