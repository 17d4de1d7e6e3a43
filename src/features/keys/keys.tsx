import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Link } from '../../ui/link.tsx';
import { useHello, useServices } from '../../console/use-services.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Band } from '../../ui/band.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CreateMenu } from './create-menu.tsx';
import { CreationDialog } from './creation-dialog.tsx';
import { KeyDialogs, type OpenDialog } from './key-dialogs.tsx';
import type { KeyEntry } from './key-entry.ts';
import { wantedOf, wholesaleOf } from './key-jobs.ts';
import type { KeyAction } from './key-line.tsx';
import { KeyTools } from './key-tools.tsx';
import { plainView } from './key-view.ts';
import { KeysTable } from './keys-table.tsx';
import { LeftOut } from './left-out.tsx';
import { isChange } from './list-changes.ts';
import { findKeys, sortKeys, unjudged } from './order-keys.ts';
import { RotationPanel } from './rotation-panel.tsx';
import { stillThere, type Selected } from './select-keys.ts';
import type { RenderSecret } from './shown-once.tsx';
import { TrashPanel } from './trash-panel.tsx';
import { useInventory, type Inventory } from './use-inventory.ts';
import { useKeyJobs } from './use-key-jobs.ts';
import { useFollow } from './use-follow.ts';
import { useKeyView } from './use-key-view.ts';
import { sourceOf, useOffers } from './use-offers.ts';

interface KeysProps {
  readonly signInHref: (provider: string, connection: string) => string;
  /** Where an incident is followed. */
  readonly incidentHref: (job: string) => string;
  readonly renderSecret: RenderSecret;
  /** Draws what ends these; `onDone` where it was closed or has begun. */
  readonly renderRevoke: (wanted: readonly WantedThing[], onDone: () => void) => ReactNode;
}

/** Every key of every connection, and what is being done with one. */
export function Keys({ signInHref, incidentHref, renderSecret, renderRevoke }: KeysProps) {
  const services = useServices();
  const inventory = useInventory();
  const { sources, entries, readAgain } = inventory;
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [wanted, setWanted] = useState<readonly WantedThing[]>([]);

  const revoke = useCallback(
    async (chosen: readonly KeyEntry[]): Promise<void> => {
      const all = await Promise.all(
        chosen.map(async (entry) => {
          const face = sourceOf(sources, entry)?.face;
          return face ? [await wantedOf(services, face, entry)] : [];
        }),
      );
      setWanted(all.flat());
    },
    [services, sources],
  );
  const follow = useFollow(incidentHref);
  const act = useCallback(
    (entry: KeyEntry, action: KeyAction): void => {
      const source = sourceOf(sources, entry);
      if (action === 'revoke') void revoke([entry]);
      else if (action === 'follow') follow(entry);
      else if (source) setOpen({ kind: action, source, entry });
    },
    [sources, revoke, follow],
  );

  return (
    <>
      <PageHeader
        title="Keys"
        actions={
          <>
            <Button look="quiet" onClick={() => readAgain()}>
              Read again
            </Button>
            <CreateMenu sources={sources} onChoose={(source) => setOpen({ kind: 'create', source })} />
          </>
        }
      >
        {summary(inventory)}
      </PageHeader>
      <Jobs {...{ inventory, signInHref, incidentHref, renderSecret }} onRevoke={(entry) => void revoke([entry])} />
      <NotRead inventory={inventory} />
      <Inventoried {...{ inventory, signInHref }} onAct={act} onRevoke={(chosen) => void revoke(chosen)} />
      {sources.map((source) => {
        const trash = source.face?.trash;
        return trash && source.askers.length > 0 ? (
          <TrashPanel
            key={source.connection.id}
            {...{ source, trash }}
            onRevoke={(entry) => void revoke([entry])}
            onChanged={() => readAgain(source.connection.id)}
          />
        ) : null;
      })}
      <Wholesale {...{ sources, entries }} onRevoke={(one) => setWanted([one])} />
      <LeftOut sources={sources} signInHref={signInHref} />
      {open && <KeyDialogs {...{ open, signInHref }} onClose={() => setOpen(null)} onChanged={(at) => readAgain(at)} />}
      {wanted.length > 0 && renderRevoke(wanted, () => setWanted([]))}
    </>
  );
}

function summary({ sources, entries, reading }: Inventory): string {
  const listed = sources.filter(({ askers }) => askers.length > 0).length;
  if (listed === 0 && entries.length === 0) return 'Every key of every connection that lists its own, in one table.';
  const keys = entries.length === 1 ? '1 key' : `${entries.length.toLocaleString('en')} keys`;
  const places = listed === 1 ? '1 connection' : `${String(listed)} connections`;
  return `${keys}${reading ? ' so far' : ''}; ${places} ${listed === 1 ? 'lists' : 'list'} theirs.`;
}

interface JobsProps extends Pick<KeysProps, 'signInHref' | 'incidentHref' | 'renderSecret'> {
  readonly inventory: Inventory;
  readonly onRevoke: (entry: KeyEntry) => void;
}

/** Keys that are being made or replaced; each change of theirs is a reason to read the list again. */
function Jobs({ inventory, signInHref, incidentHref, renderSecret, onRevoke }: JobsProps) {
  const { desk, jobs } = useKeyJobs();
  const open = jobs.filter(({ closedAtMs }) => closedAtMs === null);
  const creation = open.findLast(({ kind }) => kind === 'create');
  const rotations = open.filter(({ kind }) => kind === 'rotate');
  const { readAgain, entries } = inventory;

  // What was read before something was made or ended is out of date; not under a dialog, whose rows must not move.
  const steps = open.map(({ items }) => items.map(({ marks }) => marks.filter(isChange).length).join()).join(' ');
  const found = creation?.items.some(({ thing }) => thing.facts['foundId'] !== undefined) ?? false;
  const seen = useRef(`${steps} ${String(found)}`);
  useEffect(() => {
    const now = `${steps} ${String(found)}`;
    if (seen.current === now) return;
    seen.current = now;
    readAgain();
  }, [steps, found, readAgain]);

  if (!desk) return null;
  const made = creation?.items[0];
  const lost = entries.find(
    ({ connection, row }) => connection === made?.connection && row?.id === made.thing.facts['foundId'],
  );
  return (
    <>
      {rotations.length > 0 && <RotationPanel {...{ desk, signInHref, incidentHref, renderSecret }} jobs={rotations} />}
      {creation && (
        <CreationDialog
          key={creation.id}
          {...{ desk, signInHref, renderSecret }}
          job={creation}
          onRevokeFound={lost && (() => onRevoke(lost))}
          onOver={() => readAgain(made?.connection)}
        />
      )}
    </>
  );
}

/** What could not be read; the rest stands in the table all the same. */
function NotRead({ inventory: { sources, readAgain } }: { readonly inventory: Inventory }) {
  return sources.flatMap(({ connection, providerName, failures, entries }) =>
    failures.map((failure) => (
      <Band
        key={`${connection.id} ${failure.code}`}
        tone="warn"
        title={`${providerName}, ${connection.name}: ${failure.sentence}`}
        alerts
        action={
          <Button size="small" aria-label={`Read ${connection.name} again`} onClick={() => readAgain(connection.id)}>
            Try again
          </Button>
        }
      >
        {failure.next} {entries.some(({ row }) => row) && 'What is shown of it was read before.'}
      </Band>
    )),
  );
}

interface InventoriedProps extends Pick<KeysProps, 'signInHref'> {
  readonly inventory: Inventory;
  readonly onAct: (entry: KeyEntry, action: KeyAction) => void;
  readonly onRevoke: (chosen: readonly KeyEntry[]) => void;
}

function Inventoried({ inventory, signInHref, onAct, onRevoke }: InventoriedProps) {
  const { sources, entries, atMs, reading } = inventory;
  const { view, drawn, show } = useKeyView();
  const offersOf = useOffers(sources);
  const [chosen, setChosen] = useState<Selected>(new Set());
  const ids = useMemo(() => new Set(entries.map(({ id }) => id)), [entries]);
  const selected = useMemo(() => stillThere(chosen, ids), [chosen, ids]);
  const { text, filter, connection, sorting, descending } = drawn;
  const rows = useMemo(
    () => sortKeys(findKeys(entries, { text, filter, connection }, atMs), { sorting, descending }),
    [entries, text, filter, connection, sorting, descending, atMs],
  );
  const unknown = unjudged(entries, filter);
  const hidden = selected.size - rows.filter(({ id }) => selected.has(id)).length;

  if (entries.length === 0) return <NoKeys {...{ sources, reading, signInHref }} />;
  return (
    <Panel
      title="Keys"
      note={rows.length === entries.length ? entries.length : `${String(rows.length)} of ${String(entries.length)}`}
      actions={
        selected.size > 0 && (
          <>
            <span role="status" className="text-ink-2">
              {selected.size} selected{hidden > 0 && `, ${String(hidden)} of them not shown`}
            </span>
            <Button size="small" look="quiet" onClick={() => setChosen(new Set())}>
              Clear
            </Button>
            <Button size="small" look="danger" onClick={() => onRevoke(entries.filter(({ id }) => selected.has(id)))}>
              Revoke {selected.size}…
            </Button>
          </>
        )
      }
      flush
    >
      <KeyTools
        view={view}
        onView={show}
        connections={sources.flatMap((one) => (one.entries.length > 0 ? [one.connection] : []))}
      />
      {rows.length === 0 ? (
        <EmptyState
          title="No key matches"
          action={<Button onClick={() => show(plainView)}>Show all {entries.length}</Button>}
        >
          {unknown > 0
            ? `Of ${String(unknown)} the vendor does not report what this filter asks for.`
            : 'Search looks at name, owner, scopes, id, connection and the address of the last use.'}
        </EmptyState>
      ) : (
        <KeysTable
          {...{ rows, view, selected, atMs, offersOf, onAct }}
          onSelect={setChosen}
          onSort={(by) => show({ ...view, sorting: by, descending: view.sorting === by && !view.descending })}
        />
      )}
      {rows.length > 0 && unknown > 0 && (
        <p className="border-t border-line px-3.5 py-2.25 text-sm text-ink-3">
          Of {unknown} the vendor does not report what this filter asks for; they are not among these.
        </p>
      )}
    </Panel>
  );
}

interface NoKeysProps extends Pick<KeysProps, 'signInHref'> {
  readonly sources: Inventory['sources'];
  readonly reading: boolean;
}

function NoKeys({ sources, reading, signInHref }: NoKeysProps) {
  const { hello, failed } = useHello();
  // What the gateway has not said yet is not nothing; where it does not answer, the bands above say so.
  if (reading || (!hello && !failed)) {
    return (
      <Panel title="Keys">
        <p className="py-10 text-center text-ink-2" role="status">
          Reading the lists…
        </p>
      </Panel>
    );
  }
  const able = sources.filter(({ face }) => face?.list);
  const asked = able.filter(({ askers }) => askers.length > 0);
  if (hello?.connections.length === 0) {
    return (
      <EmptyState
        title="No connection yet"
        action={
          <Link to="/settings" className={buttonClass('primary')}>
            Add a connection
          </Link>
        }
      >
        Keys are listed by the servers that the operator’s file names.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={asked.length > 0 ? 'No key stands in any list' : 'Nobody is signed in where keys are listed'}
      action={
        asked.length === 0 &&
        able.map(({ connection, providerName }) => (
          <Link
            key={connection.id}
            to={signInHref(connection.provider, connection.id)}
            className={buttonClass('secondary')}
          >
            Sign in to {providerName}
          </Link>
        ))
      }
    >
      {asked.length > 0
        ? 'Whoever is signed in has none. Create one above.'
        : 'A server lists the keys of whoever asks. Sign in to one that has such a list.'}
    </EmptyState>
  );
}

interface WholesaleProps {
  readonly sources: Inventory['sources'];
  readonly entries: readonly KeyEntry[];
  readonly onRevoke: (wanted: WantedThing) => void;
}

/** What can only be ended all at once, because no call lists it. */
function Wholesale({ sources, entries, onRevoke }: WholesaleProps) {
  const offers = sources.flatMap((source) =>
    source.askers.flatMap((asker) => {
      const { face, connection } = source;
      const wanted = face ? wholesaleOf(source, face, asker, entries) : null;
      return wanted && face?.wholesale ? [{ wanted, asker, connection, label: face.wholesale.label }] : [];
    }),
  );
  if (offers.length === 0) return null;
  return (
    <Panel title="In no list" flush>
      <ul>
        {offers.map(({ wanted, asker, connection, label }) => (
          <li
            key={asker.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line px-3.5 py-2.25 first:border-t-0"
          >
            <span className="min-w-0 flex-1 basis-60 wrap-anywhere">
              <span className="block font-semibold">{withCapital(wanted.thing.name)}</span>
              <span className="block text-sm text-ink-3">
                {connection.name} · {wanted.thing.minted.length} of them known here
              </span>
            </span>
            <Button size="small" look="danger" onClick={() => onRevoke(wanted)}>
              {label}…
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const withCapital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
