import { Suspense, useState } from 'react';
import type { SlotCount } from '../../console/slot-counter.ts';
import { useForgetful, useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import { formatAgo, formatClockTime } from '../../lib/format-time.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { useLater } from '../../ui/use-later.ts';
import { RightsBadge } from './rights-badge.tsx';
import { nextToEnd, placeOf, titleOf, unusedOf, type Seen } from './seen-sessions.ts';
import { SlotBoxes } from './slot-boxes.tsx';
import { CountedSessions, EndDialog, LockNote, slotWork } from './slot-parts.ts';
import { limitWords } from './slot-words.ts';
import { useEnding } from './use-ending.ts';

interface UserSessionsProps {
  readonly connection: Connection;
  readonly name: string;
  readonly rule: SlotRule;
  readonly count: SlotCount | undefined;
  readonly seen: readonly Seen[];
  /** What ending all of a person’s sessions does beside; null where that is not offered. */
  readonly endAllAlso: string | null;
  readonly onChoose?: (localId: string) => void;
  readonly onClose?: () => void;
}

/** One user's sessions: the count against the limit, each as a thing and as a row, and what ends them. */
export function UserSessions(props: UserSessionsProps) {
  const { connection, name, rule, count, seen, endAllAlso, onChoose, onClose } = props;
  const services = useServices();
  const ending = useEnding();
  const note = ending.note(count);
  // Fetches it. No press waits for it here: each asks for what it needs.
  useLater(slotWork, true);
  // What is only in memory, no other tab knows.
  const forgetful = useForgetful();
  const [asked, setAsked] = useState<{ readonly targets: readonly Seen[]; readonly all: boolean } | null>(null);
  // As of the last count: a row must not move under the pointer while nothing was asked.
  const [drawnAtMs] = useState(services.nowMs);
  const atMs = count?.countedAtMs ?? drawnAtMs;
  const unused = unusedOf(seen, atMs);
  const atLeast = !count?.sessions;
  // Nobody counted what is left of a list.
  const partly = atLeast || count.overSince > 0;
  const unknown = partly && seen.length === 0;
  const mayEnd = count !== undefined && (count.person === null || count.rights?.change !== 'no');
  // As the server said it, with what is over since.
  const limited = { limit: rule.limit, count: seen.length + (atLeast ? 0 : count.overSince) };
  const oldest =
    rule.endsOldest && typeof rule.limit === 'number' && seen.length >= rule.limit ? nextToEnd(seen) : null;

  return (
    <Panel
      title={`${count?.person ? 'Sessions' : 'Slots'} of ${name}`}
      actions={
        <>
          {mayEnd && unused.length > 0 && (
            <Button
              size="small"
              look="danger"
              busy={ending.busy}
              onClick={() => setAsked({ targets: unused, all: false })}
            >
              End {unused.length} unused
            </Button>
          )}
          {mayEnd && endAllAlso !== null && seen.length > 0 && (
            <Button
              size="small"
              look="danger"
              busy={ending.busy}
              onClick={() => setAsked({ targets: seen, all: true })}
            >
              End all
            </Button>
          )}
          {count && (
            <Button size="small" busy={ending.busy} onClick={() => void ending.recount(count.key)}>
              Recount
            </Button>
          )}
          <CopyText
            what="summary for a ticket"
            label="Copy for a ticket"
            text={async () =>
              (await slotWork.load()).ticketOf(services, {
                ...{ where: connection.name, name, rule, count, seen, nowMs: atMs },
              })
            }
          />
          {onClose && (
            <Button size="small" look="quiet" onClick={onClose}>
              Close
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="text-2xl font-semibold tabular-nums">{unknown ? '?' : limited.count}</span>
          <span className="min-w-0 text-lg wrap-anywhere text-ink-2">{limitWords(limited, ` of ${name}`)}</span>
          <CountedBadge
            count={count}
            otherwise={unknown ? 'not counted' : `at least, as far as ${forgetful ? 'this tab' : 'this browser'} knows`}
          />
          {count?.rights && !count.person && <RightsBadge rights={count.rights} />}
        </p>
        {count?.person && (
          <Suspense>
            <LockNote count={count} ending={ending} mayChange={mayEnd} />
          </Suspense>
        )}
        {note && (
          <Band tone={note.tone} title={note.title} alerts>
            {note.more}
          </Band>
        )}
        <SlotBoxes seen={seen} limit={rule.limit} atLeast={partly} {...(onChoose && { onChoose })} />
        {oldest && (
          <p className="text-warn">
            At the limit. The next sign-in ends the least recently used: {titleOf(oldest)}
            {oldest.startedAtMs !== null && `, started ${formatClockTime(oldest.startedAtMs)}`}
            {placeOf(oldest) !== '' && `, ${placeOf(oldest)}`}.
          </p>
        )}
      </div>
      {count && (
        <Suspense>
          <CountedSessions
            {...{ name, count, seen }}
            nowMs={atMs}
            busy={ending.busy}
            onEnd={mayEnd && ((one) => setAsked({ targets: [one], all: false }))}
          />
        </Suspense>
      )}
      <p className="mt-3 text-sm text-ink-3">
        {atLeast
          ? !unknown &&
            `Counted from what ${forgetful ? 'this tab opened; sessions of other tabs,' : 'this browser opened; sessions of other'} browsers and programs are not in it.`
          : 'Counting prolongs no session. Each frees itself by then at the latest.'}
        {!connection.forwardsClientAddress &&
          !atLeast &&
          ' Sessions opened here have the address of this console’s server.'}
        {typeof rule.limit === 'number' && ' The limit is a setting of the connection.'}
      </p>
      {asked && count && (
        <Suspense>
          <EndDialog
            targets={asked.targets}
            name={name}
            also={asked.all ? endAllAlso : null}
            onClose={() => setAsked(null)}
            onEnd={() => {
              setAsked(null);
              void ending.end(count, asked.targets, asked.all);
            }}
          />
        </Suspense>
      )}
    </Panel>
  );
}

interface CountedBadgeProps {
  readonly count: SlotCount | undefined;
  /** Said where the server's count is not had. */
  readonly otherwise: string;
}

function CountedBadge({ count, otherwise }: CountedBadgeProps) {
  const countedAtMs = count?.countedAtMs ?? null;
  if (!count?.sessions || countedAtMs === null) return <Badge>{otherwise}</Badge>;
  return (
    <Badge look={count.failure ? 'warn' : 'plain'}>
      counted <TickText text={(nowMs) => formatAgo(countedAtMs, nowMs)} /> by the server
    </Badge>
  );
}
