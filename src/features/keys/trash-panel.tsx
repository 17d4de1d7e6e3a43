import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import type { KeyTrash } from '../../providers/keys-face.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { restoreKey } from './change-key.ts';
import { entryOf, type KeyEntry } from './key-entry.ts';
import { listQuery, type ReadList } from './queries.ts';
import { NotListed } from './read-keys.ts';
import type { Source } from './use-inventory.ts';

interface TrashPanelProps {
  /** Of a vendor that has a trash. */
  readonly source: Source;
  readonly trash: KeyTrash;
  readonly onRevoke: (entry: KeyEntry) => void;
  readonly onChanged: () => void;
}

/** Deleted keys that can come back: read where somebody asks. */
export function TrashPanel({ source, trash, onRevoke, onChanged }: TrashPanelProps) {
  const [open, setOpen] = useState(false);
  const { connection, providerName } = source;
  return (
    <Panel
      title={`Trash of ${providerName}`}
      note={connection.name}
      actions={
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Look into it'}
        </Button>
      }
      flush={open}
    >
      {open ? (
        <Deleted {...{ source, trash, onRevoke, onChanged }} />
      ) : (
        <p className="text-ink-2">
          Keys that were deleted in the vendor’s own pages may lie here, and can be restored.
        </p>
      )}
    </Panel>
  );
}

function Deleted({ source, trash, onRevoke, onChanged }: TrashPanelProps) {
  const services = useServices();
  const notify = useNotify();
  const [busy, setBusy] = useState<string | null>(null);
  const lists = useQueries({
    queries: source.askers.map((session) => listQuery(services, session, 'trash', trash.list)),
    combine: (results) =>
      results.map(({ data, error, isPending }) => ({
        data,
        isPending,
        failure: error instanceof NotListed ? error.failure : null,
      })),
  });
  const entries = lists.flatMap(({ data }) => (data ? entriesOf(source, data, services.hands.offsetMs) : []));
  const failures = lists.flatMap(({ failure }): Failure[] => (failure ? [failure] : []));

  async function restore(entry: KeyEntry): Promise<void> {
    const list = source.face?.list;
    if (busy !== null || !entry.row || entry.asker === null || !list) return;
    setBusy(entry.id);
    const done = await restoreKey(services, { session: entry.asker, row: entry.row, list, trash });
    setBusy(null);
    onChanged();
    notify(
      done.ok
        ? {
            tone: 'ok',
            title: `Restored ${entry.name}`,
            more: 'Read again: it stands in the list, and no longer in the trash.',
          }
        : { tone: 'warn', title: done.failure.sentence, more: done.failure.next },
    );
  }

  return (
    <>
      <ul>
        {entries.map((entry) => (
          <li
            key={entry.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-3.5 py-2.25"
          >
            <span className="min-w-0 flex-1 basis-48 font-semibold wrap-anywhere">
              <bdi>{entry.name}</bdi>
            </span>
            <span className="flex gap-2">
              <Button
                size="small"
                busy={busy === entry.id}
                aria-label={`Restore ${entry.name}`}
                onClick={() => void restore(entry)}
              >
                Restore
              </Button>
              <Button size="small" look="danger" aria-label={`Revoke ${entry.name}`} onClick={() => onRevoke(entry)}>
                Revoke…
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <div className="grid gap-2 p-3.5">
        {failures.map((failure) => (
          <Band key={failure.code} tone="warn" title={failure.sentence} alerts>
            {failure.next}
          </Band>
        ))}
        {lists.some(({ isPending }) => isPending) ? (
          <p className="text-ink-2">Reading…</p>
        ) : (
          entries.length === 0 && failures.length === 0 && <p>Nothing lies in the trash.</p>
        )}
        <p className="text-sm text-ink-3">{trash.says}</p>
      </div>
    </>
  );
}

function entriesOf(
  { connection, providerName, face, askers }: Source,
  { session, rows }: ReadList,
  offsetOf: (connection: string) => number,
): readonly KeyEntry[] {
  if (!face) return [];
  const owner = askers.find(({ id }) => id === session)?.identity.name ?? '';
  return rows.map((row) =>
    entryOf({
      ...{ provider: connection.provider, providerName, connection: connection.id, connectionName: connection.name },
      ...{ row, owner, asker: session, mark: `trash ${row.id}`, offsetMs: offsetOf(connection.id) },
      noun: face.kinds.find(({ kind }) => kind === row.kind)?.noun ?? row.kind,
      bare: face.thingOfRow(row),
    }),
  );
}
