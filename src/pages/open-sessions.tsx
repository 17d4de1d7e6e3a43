import { useState } from 'react';
import { useSessions } from '../console/use-services.ts';
import type { Note } from '../features/sessions/action-words.ts';
import { useSessionActions } from '../features/sessions/use-session-actions.ts';
import { openAt } from '../features/sign-in/sign-in-desk.ts';
import type { Connection } from '../http/envelope.ts';
import { formatClockTime } from '../lib/format-time.ts';
import type { Provider } from '../providers/contract.ts';
import type { SessionView } from '../sessions/record.ts';
import { Button } from '../ui/button.tsx';

interface OpenSessionsProps {
  readonly provider: Provider;
  readonly connection: Connection;
}

/** What this browser can end at a connection, so that a place becomes free; and who else can, where it has nothing. */
export function OpenSessions({ provider, connection }: OpenSessionsProps) {
  const open = openAt(useSessions(), connection.id);
  if (open.length === 0) {
    return (
      <p>
        This browser holds none of the sessions. Log out where one is open, in another browser or program or on the
        account’s own page; else the server frees one when it was idle for long enough, or whoever runs it ends one.
      </p>
    );
  }
  return (
    <>
      <p>Only a session of the same user makes room. These are open in this browser:</p>
      <ul className="grid gap-1.5">
        {open.map((session) => (
          <OpenSession key={session.id} session={session} provider={provider} where={connection.name} />
        ))}
      </ul>
    </>
  );
}

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
