import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useForgetful, useServices } from '../../console/use-services.ts';
import { steadyRead } from '../../features/sessions/steady-read.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Badge } from '../../ui/badge.tsx';
import { LifeLine } from '../../ui/life-line.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTime } from '../../ui/use-time.ts';
import { limitWords, restOf, slotsByUser, type HeldSlot, type SlotsOfUser } from './slots.ts';

interface SlotsPanelProps {
  readonly sessions: readonly SessionView[];
  readonly rule: SlotRule;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** The limited sessions of each user as things that one can count. What is only in memory, no other tab knows. */
export function SlotsPanel({ sessions, rule, chosen, onChoose }: SlotsPanelProps) {
  const users = useSlots(sessions, rule.limit);
  const forgetful = useForgetful();
  const holder = forgetful ? 'this tab' : 'this browser';
  return (
    <Panel title="Slots">
      <div className="grid gap-4">
        {users.map((user) => (
          <UserSlots key={user.name} user={user} holder={holder} chosen={chosen} onChoose={onChoose} />
        ))}
        {users.length === 0 && <p className="text-ink-2">No session that holds a slot is open in {holder}.</p>}
        <p className="text-sm text-ink-3">
          Counted from what {holder} {forgetful ? 'opened; sessions of other tabs,' : 'opened; sessions of other'}{' '}
          browsers and programs are not in it.
          {rule.limit !== 'none' && ' The limit is the connection’s setting: the server does not tell it.'}
        </p>
      </div>
    </Panel>
  );
}

interface UserSlotsProps {
  readonly user: SlotsOfUser;
  /** Who counts: "this tab". */
  readonly holder: string;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function UserSlots({ user, holder, chosen, onChoose }: UserSlotsProps) {
  const { boxes, each } = restOf(user);
  return (
    <section aria-label={`Slots of ${user.name}`} className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="text-2xl font-semibold tabular-nums">{user.held.length}</span>
        <span className="min-w-0 text-lg wrap-anywhere text-ink-2">
          {limitWords(user)} of {user.name}
        </span>
        {user.limit !== 'none' && <Badge>at least, as far as {holder} knows</Badge>}
      </p>
      <ul className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 md:grid-cols-5">
        {user.held.map((slot, at) => (
          <li key={slot.session.id} className="grid">
            <HeldBox slot={slot} number={at + 1} chosen={slot.session.id === chosen} onChoose={onChoose} />
          </li>
        ))}
        {Array.from({ length: boxes }, (_, at) => (
          <li
            key={`rest ${String(at)}`}
            className="relative grid min-h-24 place-items-center rounded-lg border border-dashed border-line-strong p-2.5 text-center text-sm text-ink-3"
          >
            {each === 1 && (
              <span className="absolute top-2 right-2.5 text-xs tabular-nums">{user.held.length + at + 1}</span>
            )}
            {each === 1 ? 'free, or held elsewhere' : `${String(each)} more, free or held elsewhere`}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HeldBoxProps {
  readonly slot: HeldSlot;
  readonly number: number;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

/** The heavy edge marks the one that is looked at. */
function HeldBox({ slot: { session, freesAtMs }, number, chosen, onChoose }: HeldBoxProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      className={`grid min-h-24 cursor-pointer grid-rows-[1fr_auto] rounded-lg border p-2.5 text-left ${chosen ? 'border-ink outline-1 -outline-offset-2 outline-ink' : 'border-line-strong hover:border-control'}`}
      onClick={() => onChoose(session.id)}
    >
      <span className="block">
        <span className="flex items-baseline justify-between gap-2">
          <span className="font-semibold tabular-nums">{formatClockTime(session.openedAtMs)}</span>
          <span className="text-xs text-ink-3 tabular-nums">{number}</span>
        </span>
        <span className="block text-sm text-ink-2">opened here</span>
        <span className="block text-sm text-ink-2">
          {freesAtMs === undefined
            ? 'when it frees itself is not reported'
            : `frees itself by ${formatClockTime(freesAtMs)}`}
        </span>
      </span>
      {freesAtMs !== undefined && <LifeLine endsAtMs={freesAtMs} lifeMs={freesAtMs - session.refreshedAtMs} />}
    </button>
  );
}

/** Looks at every tick, and renders when a slot is taken or free. */
function useSlots(sessions: readonly SessionView[], limit: SlotRule['limit']): readonly SlotsOfUser[] {
  const { hands, nowMs } = useServices();
  const { ticker } = useTime();
  const read = useMemo(
    () =>
      steadyRead(
        () => slotsByUser(sessions, limit, nowMs(), hands.offsetMs(sessions[0]?.connection ?? '')),
        (one, other) => JSON.stringify(one) === JSON.stringify(other),
      ),
    [sessions, limit, nowMs, hands],
  );
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
