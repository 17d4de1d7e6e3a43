import { useEffect, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useJobs, useKeysFaces } from '../../console/use-jobs.ts';
import { useForgetful, useKeeping } from '../../console/use-services.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import { isIncident, isOnBoard, type Item, type JobView } from '../../revocation/job.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Link } from '../../ui/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { History } from './history.tsx';
import { JobSection } from './job-section.tsx';
import { RevokeSheet } from './revoke-sheet.tsx';

interface BoardProps {
  readonly renderSignIn: (item: Item) => ReactNode;
}

interface Another {
  readonly wanted: WantedThing;
  readonly kind: JobView['kind'];
}

/** Everything that is being ended, automatic and guided side by side, and under it what was closed. */
export function Board({ renderSignIn }: BoardProps) {
  const jobs = useJobs();
  const [search] = useSearchParams();
  const wanted = search.get('job');
  const [another, setAnother] = useState<Another | null>(null);
  const open = jobs.filter(isOnBoard);
  const closed = jobs.filter((job) => job.closedAtMs !== null && (job.kind === 'check' || isIncident(job)));
  const faces = useKeysFaces(jobs.flatMap(({ items }) => items.map(({ provider }) => provider)));
  const isThere = wanted !== null && open.some(({ id }) => id === wanted);
  useEffect(() => {
    if (wanted === null || !isThere) return;
    document.querySelector(`[data-job="${CSS.escape(wanted)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [wanted, isThere]);
  const parts = {
    ...{ faces, renderSignIn },
    onAnother: (thing: WantedThing, kind: JobView['kind']) => setAnother({ wanted: thing, kind }),
  };
  return (
    <>
      <BoardNotes running={open.length > 0} />
      {open.length === 0 && (
        <Panel>
          <EmptyState
            title="No incident is open"
            action={
              <Link className={buttonClass('primary')} to="/check">
                Check a key
              </Link>
            }
          >
            A key that leaked is pasted into “Check a key”, or chosen among “Keys”. What is revoked is followed here
            until it is proven dead.
          </EmptyState>
        </Panel>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3.5 lg:grid-cols-2">
        {open.map((job) => (
          <JobSection key={job.id} job={job} {...parts} />
        ))}
      </div>
      <History jobs={closed} {...parts} />
      {another && (
        <RevokeSheet
          wanted={[another.wanted]}
          kind={another.kind}
          onClose={() => setAnother(null)}
          onBegun={() => setAnother(null)}
        />
      )}
    </>
  );
}

/** Whether it would survive a reload, and until when the lock waits for it. */
function BoardNotes({ running }: { readonly running: boolean }) {
  const forgetful = useForgetful();
  const { keeping, heldOffUntilMs } = useKeeping();
  if (!running) return null;
  if (forgetful) {
    return (
      <p className="text-ink-2">
        Sessions are not kept in this browser, so a reload forgets the incident and its evidence. Copy the note, or{' '}
        <Link className="underline underline-offset-2" to="/">
          choose what is kept
        </Link>
        .
      </p>
    );
  }
  if (keeping !== 'vault' || heldOffUntilMs === null) return null;
  return (
    <p className="text-ink-2">
      While this goes on the console does not lock by itself, until {formatClockTime(heldOffUntilMs)} at the latest.
    </p>
  );
}
