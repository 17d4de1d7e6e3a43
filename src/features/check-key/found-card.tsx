import { useState, type ReactNode } from 'react';
import { beginJob } from '../../console/begin-job.ts';
import { useJobs, type FaceWithKeys } from '../../console/use-jobs.ts';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import { titleOf, type Offer } from '../../revocation/offer.ts';
import type { Found } from '../../revocation/recognise-all.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMatch, type ListRows, type Match } from './use-match.ts';

export interface FoundActions {
  /** Opens the sheet that names every call. */
  readonly onRevoke: (wanted: WantedThing) => void;
  readonly listRows: ListRows;
  /** Draws what a check found. */
  readonly renderItem: (item: Item, job: JobView) => ReactNode;
}

interface FoundCardProps extends FoundActions {
  readonly found: Found;
  readonly face: FaceWithKeys;
  readonly connection: Connection;
}

/** What was recognised, what is known of it without sending it, and what can be done. */
export function FoundCard({ found, face, connection, listRows, onRevoke, renderItem }: FoundCardProps) {
  const match = useMatch(found, face.keys, { connection, listRows });
  const { offer } = match;
  if (offer === undefined) return <p role="status">Finding out what is known of it…</p>;
  if (offer === null) return <Band tone="warn" title="The gateway does not know this connection any more." />;
  const { candidate } = found;
  return (
    <>
      <Panel title={titleOf(face.provider.name, offer.noun, offer.thing)} note={connection.name}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <p>{candidate.words}</p>
          <FactList facts={factsOf(found, offer)} />
          <Lineage offer={offer} />
          <Lists match={match} face={face} found={found} />
          <Actions
            key={`${connection.id} ${candidate.secret}`}
            offer={offer}
            onRevoke={onRevoke}
            renderItem={renderItem}
          />
        </div>
      </Panel>
    </>
  );
}

function factsOf({ candidate }: Found, { thing }: Offer) {
  const ends = Number(candidate.facts['endsMs'] ?? NaN);
  const { row } = thing;
  const use = row?.lastUse;
  return [
    { label: 'Fingerprint', value: thing.fingerprint ?? 'none', mono: true },
    ...(thing.id === null ? [] : [{ label: 'Its id', value: thing.id, mono: true }]),
    ...(candidate.issuer === null ? [] : [{ label: 'Says that it is from', value: candidate.issuer, mono: true }]),
    ...(Number.isFinite(ends) ? [{ label: 'Says that it ends', value: formatDateTime(ends) }] : []),
    ...(row && typeof row.createdAtMs === 'number'
      ? [{ label: 'Created', value: formatDateTime(row.createdAtMs) }]
      : []),
    ...(use === undefined || use === 'not-reported'
      ? []
      : [{ label: 'Last used', value: use === 'never' ? 'never' : formatDateTime(use.atMs) }]),
  ];
}

/** What hangs on it here. */
function Lineage({ offer: { thing, means } }: { readonly offer: Offer }) {
  const sessions = useSessions();
  const own = sessions.find(({ id }) => id === thing.session);
  return (
    <>
      {own && means.own && (
        <Band tone="warn" title={`A session of this console uses it: ${own.identity.name}.`}>
          Once it is ended, that session is over.
        </Band>
      )}
      {thing.minted.length > 0 && (
        <p>
          {thing.minted.length === 1
            ? 'One session of this console was opened with it.'
            : `${String(thing.minted.length)} sessions of this console were opened with it.`}
        </p>
      )}
    </>
  );
}

interface ListsProps {
  readonly match: Match;
  readonly face: FaceWithKeys;
  readonly found: Found;
}

/** Looks for it in the lists that the sessions at hand may ask for. */
function Lists({ match, face, found }: ListsProps) {
  const sessions = useSessions();
  const { offer, listed, failure, looking, look } = match;
  const isListed = face.keys.kinds.some(({ kind, listed: can }) => kind === found.candidate.kind && can);
  const list = face.keys.list;
  const asks = sessions.filter(
    ({ connection, tokens, ended, signInNeeded, lineage }) =>
      connection === offer?.connection.id && tokens && !ended && !signInNeeded && list?.ways.includes(lineage.way),
  );
  if (!isListed || !list || asks.length === 0) return null;
  if (listed !== null) {
    return (
      <p role="status">
        {offer?.thing.row
          ? 'It stands in the list of a session at hand.'
          : 'No list of the sessions at hand has it: it is somebody else’s, has expired, or is deleted.'}
      </p>
    );
  }
  const names = [...new Set(asks.map(({ identity }) => identity.name))].join(', ');
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" busy={looking} onClick={() => void look()}>
        Look for it in the list
      </Button>
      <span className="text-ink-2">
        Asks {face.provider.name} for the keys of {names}. What was pasted is not sent.
      </span>
      {failure && (
        <Band tone="warn" title={failure.sentence} alerts>
          {failure.next}
        </Band>
      )}
    </div>
  );
}

interface ActionsProps extends Pick<FoundActions, 'onRevoke' | 'renderItem'> {
  readonly offer: Offer;
}

/** One probe, written out before; and the way to the sheet. */
function Actions({ offer, onRevoke, renderItem }: ActionsProps) {
  const services = useServices();
  const [consented, setConsented] = useState(false);
  const [missing, setMissing] = useState(false);
  const [trouble, setTrouble] = useState(false);
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState<string | null>(null);
  const job = useJobs().find(({ id }) => id === checked);
  const { check, provider, noun, thing } = offer;

  async function begin(): Promise<void> {
    if (!check || busy) return;
    if (check.consent !== undefined && !consented) {
      setMissing(true);
      return;
    }
    setBusy(true);
    setTrouble(false);
    try {
      const title = titleOf(provider.name, noun, thing);
      setChecked(await beginJob(services, { kind: 'check', title, chosen: [{ offer, ending: check, consented }] }));
    } catch {
      setTrouble(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-3">
      {check ? (
        <div className="grid gap-1.5">
          <p className="text-ink-2">A check sends:</p>
          <ol className="grid gap-1" aria-label="What a check sends">
            {check.steps.map((step) => (
              <li key={step.id} className="wrap-anywhere">
                {step.kind === 'call' && <code className="font-mono text-sm">{step.sends}</code>}{' '}
                {step.kind === 'call' && step.costs !== undefined && (
                  <span className="text-sm text-ink-3">{step.costs}</span>
                )}
              </li>
            ))}
          </ol>
          {check.consent !== undefined && (
            <CheckBox
              label="Use what was found on itself"
              hint={check.consent}
              checked={consented}
              onChange={(event) => setConsented(event.target.checked)}
            />
          )}
        </div>
      ) : (
        <p className="text-ink-2">
          {offer.means.selfUse
            ? 'Nothing at hand can try it without changing something.'
            : 'The operator does not allow what was found to be used on itself, so it is not tried.'}
        </p>
      )}
      {missing && !consented && <Band tone="warn" title="Tick that it may be used on itself first." alerts />}
      {trouble && <Band tone="bad" title="It could not be written down, so nothing was sent." alerts />}
      <div className="flex flex-wrap gap-2">
        {check && (
          <Button busy={busy} onClick={() => void begin()}>
            Check
          </Button>
        )}
        <Button look="danger" onClick={() => onRevoke(offer.wanted)}>
          Revoke and prove
        </Button>
      </div>
      {job?.items.map((item) => (
        <div key={item.id}>{renderItem(item, job)}</div>
      ))}
    </div>
  );
}
