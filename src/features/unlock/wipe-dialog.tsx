import { useState } from 'react';
import { useConnections, useServices, useSessions } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import { entryOf } from '../../providers/registry.ts';
import { canLogOut } from '../../sessions/can-log-out.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { State } from '../../ui/state.tsx';

interface Row {
  readonly session: SessionView;
  /** `unsure`: it was sent, and what came of it is not known. */
  readonly state: 'waits' | 'runs' | 'done' | 'failed' | 'unsure' | 'cannot';
  readonly said: string;
}

/** First what lives on at the vendors, then the deletion: afterwards nobody here could log out any more. */
export function WipeDialog({ onClose }: { readonly onClose: () => void }) {
  const { hands, vault, registry } = useServices();
  const connections = useConnections();
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>(new Map());
  const [running, setRunning] = useState<'logging-out' | 'wiping' | null>(null);
  // What was logged out a moment ago is not read anew yet.
  const open = useSessions().filter(({ id, ended, tokens }) => !ended && tokens && rows.get(id)?.state !== 'done');
  const ending = open.filter((session) => canLogOut(session, entryOf(registry, session.provider))).length;

  async function logOutAll(): Promise<void> {
    setRunning('logging-out');
    const { logOut } = await import('../../refresh/end-session.ts');
    // What an earlier round came to stays in sight.
    const now = new Map(rows);
    for (const session of open) now.set(session.id, { session, state: 'waits', said: 'Waits' });
    const say = (session: SessionView, state: Row['state'], said: string): void => {
      now.set(session.id, { session, state, said });
      setRows(new Map(now));
    };
    for (const session of open) {
      say(session, 'runs', 'Logging out');
      const done = await logOut(hands, session.id);
      if (done.ok) say(session, 'done', done.value?.ended?.evidence ?? 'Logged out');
      else say(session, stateAfter(done.failure), done.failure.sentence);
    }
    setRunning(null);
  }

  async function wipe(): Promise<void> {
    setRunning('wiping');
    await (await vault?.load())?.wipe();
  }

  const unsure = open.filter(({ id }) => rows.get(id)?.state === 'unsure').length;
  const sure = open.length - unsure;
  return (
    <Dialog
      title="Wipe the vault?"
      insistent={running !== null}
      onClose={onClose}
      actions={
        <>
          <Button busy={running !== null} onClick={onClose}>
            Keep it
          </Button>
          {ending > 0 && (
            <Button busy={running !== null} onClick={() => void logOutAll()}>
              {ending === 1 ? 'Log out 1 session first' : `Log out ${ending} sessions first`}
            </Button>
          )}
          <Button look="danger" busy={running !== null} onClick={() => void wipe()}>
            Wipe
          </Button>
        </>
      }
    >
      <p>Every session and kept key is deleted from this browser, in every tab. It cannot be undone.</p>
      {sure > 0 && (
        <p>
          {sure === 1 ? 'One session is' : `${sure} sessions are`} still open at the servers and would live on there
          until {sure === 1 ? 'it ends' : 'they end'}: what is deleted here can log nobody out.
        </p>
      )}
      {unsure > 0 && (
        <p>
          Whether {unsure === 1 ? 'one session is' : `${unsure} sessions are`} still open at the servers is not known.
          Log out once more: what is deleted here can log nobody out.
        </p>
      )}
      {rows.size > 0 && (
        <ul aria-label="Log outs" className="grid gap-1.5" aria-live="polite">
          {[...rows.values()].map(({ session, state, said }) => (
            <li key={session.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold wrap-anywhere">
                {session.identity.name},{' '}
                {connections.find(({ id }) => id === session.connection)?.name ?? session.connection}
              </span>
              <State kind={marks[state]}>{said}</State>
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm text-ink-2">
        The disk may keep old bytes for a while, encrypted: the passphrase is what protects them.
      </p>
    </Dialog>
  );
}

const stateAfter = ({ code, happened }: Failure): Row['state'] => {
  if (code === 'no-log-out') return 'cannot';
  return happened === 'unknown' ? 'unsure' : 'failed';
};

const marks = {
  waits: 'unknown',
  runs: 'busy',
  done: 'ready',
  failed: 'bad',
  unsure: 'attention',
  cannot: 'attention',
} as const;
