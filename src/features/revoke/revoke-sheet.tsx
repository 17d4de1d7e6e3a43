import { useState } from 'react';
import { useNavigate } from 'react-router';
import { beginJob, type Chosen } from '../../console/begin-job.ts';
import type { Services } from '../../console/services.ts';
import { useJobs } from '../../console/use-jobs.ts';
import { useServices } from '../../console/use-services.ts';
import type { JobRecord, JobView } from '../../revocation/job.ts';
import { runningWith } from '../../revocation/same-thing.ts';
import { titleOf, type Offer } from '../../revocation/offer.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import './many.css';
import { boardHref, followHref } from './board-href.ts';
import { chosenOf, lacksConsent, useChoices } from './use-choices.ts';
import { useOffers } from './use-offers.ts';
import { WantedItem } from './wanted-item.tsx';

/** So many are laid out at once. */
const FEW = 10;

interface RevokeSheetProps {
  readonly wanted: readonly WantedThing[];
  readonly onClose: () => void;
  /** The job is stored and started, and the person is on the way to the board. */
  readonly onBegun: (jobId: string) => void;
  readonly kind?: JobRecord['kind'];
  /** The incident that they join. */
  readonly into?: JobView | undefined;
}

/** Names everything that will be ended, with every call, before anything is sent. */
export function RevokeSheet({ wanted, onClose, onBegun, kind = 'revoke', into }: RevokeSheetProps) {
  const offers = useOffers(wanted);
  const found = offers?.filter((offer) => offer !== null);
  if (!offers || !found) {
    return (
      <Dialog title="Revoke and prove" wide onClose={onClose} actions={<Button onClick={onClose}>Cancel</Button>}>
        <p role="status">Finding out what can be done…</p>
      </Dialog>
    );
  }
  return <Sheet offers={found} missing={offers.length - found.length} {...{ kind, into, onClose, onBegun }} />;
}

interface SheetProps extends Omit<RevokeSheetProps, 'wanted' | 'kind'> {
  readonly kind: JobRecord['kind'];
  readonly offers: readonly Offer[];
  readonly missing: number;
}

function Sheet({ offers, missing, kind, into, onClose, onBegun }: SheetProps) {
  const services = useServices();
  const navigate = useNavigate();
  const jobs = useJobs();
  const [busy, setBusy] = useState(false);
  // Until it is begun; from then on it is this one.
  const runningAt = offers.map(({ connection, thing }) =>
    busy ? undefined : runningWith(jobs, { connection: connection.id, thing }),
  );
  const choices = useChoices(offers).map((one, at) => (runningAt[at] ? { ...one, ending: undefined } : one));
  const chosen = chosenOf(choices);
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [pressed, setPressed] = useState(false);
  const count = chosen.length;
  const verb = kind === 'contain' ? (chosen[0]?.ending.label ?? 'Contain') : 'Revoke and prove';
  const faults = [
    ...(count > 1 && typed.trim() !== String(count) ? [`Type ${String(count)} to say that you mean all of them.`] : []),
    ...(chosen.some(lacksConsent) ? ['Tick that what was found may be used on itself, or choose another way.'] : []),
  ];

  async function begin(): Promise<void> {
    setPressed(true);
    if (faults.length > 0 || busy) return;
    setBusy(true);
    try {
      const title = into ? joinedTitle(services, into, chosen) : jobTitle(offers, chosen.length);
      const job = await beginJob(services, { kind, title, chosen, into: into?.id });
      const begun = (await services.jobs.load()).state.getState().jobs.find(({ id }) => id === job);
      void navigate(begun ? followHref(begun) : boardHref(job));
      onBegun(job);
    } catch {
      setTrouble('It could not be written down, so nothing was sent.');
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={count > 1 ? `${verb}: ${String(count)} things` : verb}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{count === 0 ? 'Close' : 'Cancel'}</Button>
          {count > 0 && (
            <Button look="danger" busy={busy} onClick={() => void begin()}>
              {count > 1 ? `Revoke ${String(count)} and prove` : verb}
            </Button>
          )}
        </>
      }
    >
      {into && <p className="text-ink-2">Joins the incident “{into.title}”.</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4.5">
        {choices.map(({ offer, ending, consented, choose, consent }, at) => (
          <WantedItem
            key={`${String(at)} ${offer.thing.name}`}
            offer={offer}
            isOneOfMany={choices.length > FEW}
            running={runningAt[at]}
            ending={ending}
            consented={consented}
            onChoose={choose}
            onConsent={consent}
          />
        ))}
      </ul>
      {missing > 0 && (
        <Band tone="warn" title={`${String(missing)} left out: the connection is gone from the operator’s file.`} />
      )}
      {count > 1 && (
        <TextField
          kind="digits"
          label={`How many are ended? Type ${String(count)}`}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {pressed && faults.map((fault) => <Band key={fault} tone="warn" title={fault} alerts />)}
      {trouble !== null && <Band tone="bad" title={trouble} alerts />}
    </Dialog>
  );
}

function jobTitle(offers: readonly Offer[], count: number): string {
  const [first] = offers;
  if (first && offers.length === 1) return titleOf(first.provider.name, first.noun, first.thing);
  return titleOfMany(
    count,
    offers.map(({ provider }) => provider.name),
  );
}

function joinedTitle({ registry }: Services, { items }: JobView, chosen: readonly Chosen[]): string {
  const before = items.map((item) => registry.find(({ id }) => id === item.provider)?.name ?? item.provider);
  return titleOfMany(items.length + chosen.length, [...before, ...chosen.map(({ offer }) => offer.provider.name)]);
}

const titleOfMany = (count: number, vendors: readonly string[]): string =>
  `${String(count)} things at ${[...new Set(vendors)].join(', ')}`;
