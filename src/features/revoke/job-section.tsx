import { useId, useState, type ReactNode } from 'react';
import { useConnections, useServices } from '../../console/use-services.ts';
import type { FaceWithKeys } from '../../console/use-jobs.ts';
import { writeToClipboard } from '../../lib/write-clipboard.ts';
import { noteOf } from '../../revocation/note.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { GiveUpJob } from '../give-up-job.tsx';
import { addingHref } from './board-href.ts';
import { ItemCard } from './item-card.tsx';
import { useSend } from './item-actions.tsx';
import { summaryOf } from './job-words.ts';
import { NoteByHand } from './note-by-hand.tsx';

export interface JobSectionProps {
  readonly job: JobView;
  readonly faces: ReadonlyMap<string, FaceWithKeys>;
  readonly renderSignIn: (item: Item) => ReactNode;
  readonly onAnother: (wanted: WantedThing, kind: JobView['kind']) => void;
}

/** One job: its head with what can be done about it as a whole, and a card for each thing. */
export function JobSection({ job, faces, renderSignIn, onAnother }: JobSectionProps) {
  const heading = useId();
  const { nowMs } = useServices();
  const send = useSend(job.id);
  const isOpen = job.closedAtMs === null;
  const planned = job.items.filter(({ state }) => state.is === 'planned').length;
  const isOne = job.items.length === 1;
  return (
    <section
      aria-labelledby={heading}
      data-job={job.id}
      className={`grid grid-cols-[minmax(0,1fr)] gap-3 ${isOne ? '' : 'lg:col-span-2'}`}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          {/* Of one thing, its card says it. */}
          <h2 id={heading} className={isOne ? 'sr-only' : 'text-lg font-semibold wrap-anywhere'}>
            {job.title}
          </h2>
          <p className="text-ink-2">{summaryOf(job)}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <CopyNote job={job} />
          {isOpen && job.kind === 'revoke' && (
            <Link to={addingHref('/keys', job.id)} className={buttonClass('secondary')}>
              Add a key…
            </Link>
          )}
          {isOpen && planned > 0 && (
            <Button onClick={() => send({ type: 'cancel', item: null, nowMs: nowMs() })}>
              Cancel {planned} not begun
            </Button>
          )}
          {isOpen && <CloseJob job={job} />}
        </div>
      </div>
      <div className={`grid grid-cols-[minmax(0,1fr)] items-start gap-3.5 ${isOne ? '' : 'lg:grid-cols-2'}`}>
        {job.items.map((item) => (
          <ItemCard
            key={item.id}
            job={job}
            item={item}
            face={faces.get(item.provider)}
            renderSignIn={renderSignIn}
            onAnother={onAnother}
          />
        ))}
      </div>
    </section>
  );
}

/** Into the history. What is not settled is given up, which is asked about first. */
function CloseJob({ job }: { readonly job: JobView }) {
  const { nowMs } = useServices();
  const send = useSend(job.id);
  return (
    <GiveUpJob
      job={job}
      label="Give up and close…"
      title="Into the history"
      onClose={(unheard) => send({ type: 'close', ...(unheard && { unheard: true }), nowMs: nowMs() })}
    />
  );
}

function CopyNote({ job }: { readonly job: JobView }) {
  const { registry, nowMs } = useServices();
  const connections = useConnections();
  const notify = useNotify();
  const [byHand, setByHand] = useState<string | null>(null);
  async function copy(): Promise<void> {
    const note = noteOf(job, nowMs(), {
      vendor: (id) => registry.find((entry) => entry.id === id)?.name ?? id,
      connection: (id) => connections.find((one) => one.id === id)?.name ?? id,
    });
    const done = await writeToClipboard(Promise.resolve(note));
    if (done === 'copied') {
      notify({ tone: 'ok', title: 'Copied the incident note', more: 'Markdown; no secret is in it.' });
    } else {
      setByHand(note);
    }
  }
  return (
    <>
      <Button onClick={() => void copy()}>Copy note</Button>
      {byHand !== null && <NoteByHand note={byHand} onClose={() => setByHand(null)} />}
    </>
  );
}
