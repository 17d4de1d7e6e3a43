import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useForgetful, useServices, useSessions } from '../console/use-services.ts';
import { seenSessions, unusedOf } from '../features/server-sessions/seen-sessions.ts';
import { HeldPlaces } from '../features/server-sessions/held-places.tsx';
import { useHeld } from '../features/server-sessions/use-held.ts';
import type { Note } from '../features/sessions/action-words.ts';
import { useSessionActions } from '../features/sessions/use-session-actions.ts';
import { isCountOf } from '../features/sign-in/logged-out-since.ts';
import { openAt, type Refusal } from '../features/sign-in/sign-in-desk.ts';
import type { Connection } from '../http/envelope.ts';
import { formatClockTime, formatRough } from '../lib/format-time.ts';
import type { Provider } from '../providers/contract.ts';
import { isNamed, mayBeNamed } from '../sessions/is-named.ts';
import type { SessionView } from '../sessions/record.ts';
import type { Held } from '../sessions/slot-ledger.ts';
import { Button } from '../ui/button.tsx';
import { nextFreeSlot, type NextFree } from './next-free-slot.ts';

interface FreeSlotProps {
  readonly provider: Provider;
  readonly connection: Connection;
  readonly refusal: Refusal;
}

/** At the limit of sessions: everything that can still free a slot, the surest first. */
export function FreeSlot({ provider, connection, refusal }: FreeSlotProps) {
  const { hands } = useServices();
  const here = useSessions().filter((one) => one.connection === connection.id);
  const open = openAt(here, connection.id);
  const held = useHeld(connection.id);
  const listed = useListed(connection.id, here, refusal);
  const same = open.filter((one) => isNamed(one.identity, refusal.user));
  const perhaps = open.filter((one) => !isNamed(one.identity, refusal.user) && mayBeNamed(one.identity, refusal.user));
  const offered = { provider, where: connection.name };
  // What is only in memory is not seen by another tab.
  const forgetful = useForgetful();
  const holder = forgetful ? 'this tab' : 'this browser';
  const pages = provider.slots?.(connection).pages ?? [];
  return (
    <>
      {same.length + perhaps.length + held.length === 0 && (
        <p>
          {sentenceStart(holder)} holds no session of {refusal.user ?? 'this user'}.
        </p>
      )}
      <ol className="grid list-decimal gap-1.5 pl-5 marker:text-ink-3">
        {same.length > 0 && (
          <li>
            Log out one of the same user that {holder} holds; the pause ends with the count that proves it:
            <OpenSessions sessions={same} {...offered} />
          </li>
        )}
        {perhaps.length > 0 && (
          <li>
            Log out one that {holder} holds, if that is the same account; only then a slot gets free:
            <OpenSessions sessions={perhaps} {...offered} />
          </li>
        )}
        {held.length > 0 && <LeftBehind connection={connection.id} held={held} />}
        {listed && listed.unused > 0 && (
          <li>
            End what nobody uses, in the list below: {listed.unused} elsewhere {listed.unused === 1 ? 'was' : 'were'}{' '}
            not used for 10 min.
          </li>
        )}
        <li>Log out in another {forgetful ? 'tab, browser' : 'browser'} or program where one is open.</li>
        {pages.length > 0 && (
          <li>
            End one in the account console, where its own log-in still works:{' '}
            {pages.map(({ label, href }, at) => (
              <span key={href}>
                {at > 0 && ' · '}
                <Out href={href}>{label}</Out>
              </span>
            ))}
          </li>
        )}
        <li>{waitWords(nextFreeSlot(here, refusal, hands.offsetMs(connection.id), listed?.seen ?? null), holder)}</li>
        <li>Have whoever runs the server end one.</li>
      </ol>
    </>
  );
}

/** What the server listed of the refused user, where it was counted, and how many can be ended there. */
function useListed(connection: string, here: readonly SessionView[], { user }: Refusal) {
  const { slotCounts, hands } = useServices();
  const counts = useStore(slotCounts);
  const count = [...counts.values()].find((one) => one.sessions !== null && isCountOf(one, connection, user, here));
  if (!count) return null;
  const nowMs = count.countedAtMs ?? hands.nowMs();
  const seen = seenSessions(count, here, { inView: null, nowMs, offsetMs: hands.offsetMs(connection) });
  const mayEnd = count.person === null || count.rights?.change !== 'no';
  return { seen, unused: mayEnd ? unusedOf(seen, nowMs).filter(({ mark }) => mark === 'elsewhere').length : 0 };
}

const sentenceStart = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What this browser took and did not give back may be what fills the limit. */
function LeftBehind({ connection, held }: { readonly connection: string; readonly held: readonly Held[] }) {
  return (
    <li>
      {held.some((one) => one.freeable)
        ? 'Free what this browser opened and did not end:'
        : 'Wait for what this browser opened and can no longer end:'}
      <HeldPlaces
        {...{ connection, held }}
        className="mt-1 grid gap-1.5"
        notFreed={
          <span className="block text-sm">Not all of them could be freed. What is left stays in this list.</span>
        }
      />
    </li>
  );
}

function Out({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className="text-ink underline" href={href} target="_blank" rel="noopener noreferrer">
      {children} <span aria-hidden="true">↗</span>
      <span className="sr-only">, in a new tab</span>
    </a>
  );
}

function waitWords(next: NextFree, holder: string): string {
  switch (next.kind) {
    case 'elsewhere': {
      const opened = next.openedAtMs === null ? '' : `, opened ${formatClockTime(next.openedAtMs)}`;
      return `Left alone, the one of ${next.browser ?? 'another browser or program'}${opened} is the first to be free: by ${formatClockTime(next.atMs)}, as the server lists them.`;
    }
    case 'left-alone': {
      const free = `Left alone, the one opened here at ${formatClockTime(next.openedAtMs)} is free by ${formatClockTime(next.atMs)}.`;
      return next.keptFresh ? `${free} It is kept fresh, which puts that off.` : free;
    }
    case 'unused':
      return `Wait until ${formatClockTime(next.atMs)} at the latest: the server ends a session after ${formatRough(next.idleMs)} without use, unless somebody uses each of them until then.`;
    case 'unknown':
      return `Wait: the server ends a session that is not used. After how long is not known here, because it tells that only with a session, and ${holder} has none that tells it.`;
    default:
      return next satisfies never;
  }
}

interface OpenSessionsProps extends Omit<OpenSessionProps, 'session'> {
  readonly sessions: readonly SessionView[];
}

const OpenSessions = ({ sessions, ...rest }: OpenSessionsProps) => (
  <ul className="mt-1 grid gap-1.5">
    {sessions.map((session) => (
      <OpenSession key={session.id} session={session} {...rest} />
    ))}
  </ul>
);

interface OpenSessionProps {
  readonly session: SessionView;
  readonly provider: Provider;
  readonly where: string;
}

function OpenSession({ session, provider, where }: OpenSessionProps) {
  const [note, setNote] = useState<Note | null>(null);
  const actions = useSessionActions({ session, where }, setNote);
  const { name } = session.identity;
  const opened = formatClockTime(session.openedAtMs);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-semibold text-ink">{name}</span>
      <span>opened {opened}</span>
      {provider.sessionFace(session.lineage.way).logOut && (
        <Button
          size="small"
          busy={actions.doing === 'logOut'}
          aria-label={`Log out ${name}, opened ${opened}`}
          onClick={() => actions.run('logOut')}
        >
          Log out
        </Button>
      )}
      {note && note.tone !== 'ok' && (
        <span className="basis-full text-sm">
          {note.sentence} {note.more}
        </span>
      )}
    </li>
  );
}
