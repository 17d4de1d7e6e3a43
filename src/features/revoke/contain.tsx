import { useState, type SubmitEvent } from 'react';
import { useKeysFaces, type FaceWithKeys } from '../../console/use-jobs.ts';
import { useConnections, useServices, useSessions } from '../../console/use-services.ts';
import { ofRead } from '../../http/failed-read.ts';
import type { BareThing } from '../../providers/ending.ts';
import type { Containment } from '../../providers/keys-face.ts';
import { callAs } from '../../refresh/call-as.ts';
import { completeThing } from '../../revocation/create-item.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { RevokeSheet } from './revoke-sheet.tsx';

interface Way {
  readonly session: SessionView;
  readonly containment: Containment;
  readonly label: string;
}

/** Shutting an account off, or ending all its sessions, where the person has the rights of an administrator. */
export function Contain() {
  const sessions = useSessions().filter(({ tokens, ended, signInNeeded }) => tokens && !ended && !signInNeeded);
  const connections = useConnections();
  const faces = useKeysFaces(sessions.map(({ provider }) => provider));
  const [chosen, setChosen] = useState('');
  const [wanted, setWanted] = useState<WantedThing | null>(null);
  const ways = waysOf(sessions, faces, (id) => connections.find((one) => one.id === id)?.name ?? id);
  const way = ways.find(({ session }) => session.id === chosen) ?? ways[0];
  if (!way) return null;
  return (
    <Panel title="Contain an account">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <SelectField
          label="Where"
          value={way.session.id}
          options={ways.map(({ session, label }) => ({ value: session.id, label }))}
          hint={way.containment.who}
          onChange={(event) => setChosen(event.target.value)}
        />
        <FindAccount key={way.session.id} way={way} onChoose={setWanted} />
      </div>
      {wanted && (
        <RevokeSheet wanted={[wanted]} kind="contain" onClose={() => setWanted(null)} onBegun={() => setWanted(null)} />
      )}
    </Panel>
  );
}

const waysOf = (
  sessions: readonly SessionView[],
  faces: ReadonlyMap<string, FaceWithKeys>,
  nameOf: (connection: string) => string,
): readonly Way[] =>
  sessions.flatMap((session) => {
    const containment = faces.get(session.provider)?.keys.containment;
    if (!containment?.ways.includes(session.lineage.way)) return [];
    const label = `${containment.label}: ${nameOf(session.connection)}, as ${session.identity.name}`;
    return [{ session, containment, label }];
  });

interface FindAccountProps {
  readonly way: Way;
  readonly onChoose: (wanted: WantedThing) => void;
}

function FindAccount({ way: { session, containment }, onChoose }: FindAccountProps) {
  const { hands, nowMs } = useServices();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ readonly things: readonly BareThing[]; readonly atMs: number } | null>(null);
  const [trouble, setTrouble] = useState<{ readonly sentence: string; readonly next: string } | null>(null);

  async function find(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy || typed.trim() === '') return;
    setBusy(true);
    setFound(null);
    setTrouble(null);
    const { operation, params, read } = containment.find;
    const reply = await callAs(hands, session.id, operation, params(typed));
    const answer = reply.ok ? ofRead(read(reply.value)) : reply;
    setBusy(false);
    if (answer.ok) setFound({ things: answer.value, atMs: nowMs() });
    else setTrouble(answer.failure);
  }

  return (
    <>
      <form className="flex flex-wrap items-center gap-2" onSubmit={(event) => void find(event)}>
        <div className="min-w-0 flex-1 basis-48">
          <TextField
            label={containment.find.label}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Button type="submit" busy={busy}>
          Find
        </Button>
      </form>
      {trouble && (
        <Band tone="warn" title={trouble.sentence} alerts>
          {trouble.next}
        </Band>
      )}
      {found?.things.length === 0 && <p role="status">Nobody of that name was found.</p>}
      {found && found.things.length > 0 && (
        <ul aria-label="Accounts found" className="grid gap-2">
          {found.things.map((thing) => (
            <li key={thing.id ?? thing.name} className="flex flex-wrap items-center justify-between gap-3">
              <span className="wrap-anywhere">
                <span className="font-semibold">{thing.name}</span> <span className="text-ink-2">{thing.id}</span>
              </span>
              <Button
                size="small"
                onClick={() =>
                  onChoose({
                    ...{ provider: session.provider, connection: session.connection, by: session.id },
                    thing: completeThing(thing),
                    seenAtMs: found.atMs,
                  })
                }
              >
                {containment.label}…
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
