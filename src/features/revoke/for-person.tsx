import { useState, type ReactNode } from 'react';
import { useConnections, useServices } from '../../console/use-services.ts';
import type { FaceWithKeys } from '../../console/use-jobs.ts';
import { offeredFor } from '../../revocation/offered.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import { proofLeft } from '../../revocation/without-evidence.ts';
import { Band } from '../../ui/band.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { GuideSteps } from './guide-steps.tsx';
import { useSend } from './item-actions.tsx';

interface ForPersonProps {
  readonly job: JobView;
  readonly item: Item;
  readonly face: FaceWithKeys | undefined;
  /** The form that signs in at the item's connection. */
  readonly renderSignIn: (item: Item) => ReactNode;
}

/** What an item waits for somebody to do: steps elsewhere, or a sign-in. */
export function ForPerson({ job, item, face, renderSignIn }: ForPersonProps) {
  const { nowMs } = useServices();
  const send = useSend(job.id);
  const connection = useConnections().find(({ id }) => id === item.connection);
  const { state } = item;
  if (state.is === 'paused' && state.for === 'evidence') return <AskWithoutEvidence job={job} item={item} />;
  if (state.is === 'paused') return <Paused item={item} renderSignIn={renderSignIn} />;
  if (state.is !== 'person') return null;
  // Where it is shown once, and nowhere else.
  if (item.shows.length > 0) {
    return (
      <Band
        tone="warn"
        title="The new key waits to be copied."
        flush
        action={
          <Link to="/keys" className={buttonClass('primary', 'small')}>
            Copy it
          </Link>
        }
      >
        It is shown on the page of keys, until somebody says that it is copied.
      </Band>
    );
  }
  const offered = face && connection ? offeredFor(face.keys, item, connection) : [];
  const step = offered.find(({ id }) => id === item.ending.id)?.steps.find(({ id }) => id === state.step);
  const done = item.steps.find(({ id }) => id === state.step)?.says ?? 'I have done it';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5 border-t border-line px-3.5 py-3">
      {step?.kind === 'guide' && <GuideSteps guide={step.guide} />}
      <p className="flex justify-end">
        <Button
          look="primary"
          aria-label={`${done}: ${item.thing.name}`}
          onClick={() => send({ type: 'confirm', item: item.id, step: state.step, nowMs: nowMs() })}
        >
          {done}
        </Button>
      </p>
    </div>
  );
}

function AskWithoutEvidence({ job, item }: Pick<ForPersonProps, 'job' | 'item'>) {
  const { nowMs } = useServices();
  const send = useSend(job.id);
  const { state, thing, id } = item;
  if (state.is !== 'paused') return null;
  return (
    <Band
      tone="warn"
      title="The evidence could not be read. Revoke without it?"
      flush
      action={
        <>
          <Button
            size="small"
            aria-label={`Try again: ${thing.name}`}
            onClick={() => send({ type: 'resume', item: id, nowMs: nowMs() })}
          >
            Try again
          </Button>
          <Button
            size="small"
            look="danger"
            aria-label={`Revoke without evidence: ${thing.name}`}
            onClick={() => send({ type: 'confirm', item: id, step: state.step, nowMs: nowMs() })}
          >
            Revoke without evidence
          </Button>
        </>
      }
    >
      {state.why} Nothing was ended. {leftWords[proofLeft(item)]}
    </Band>
  );
}

const leftWords = {
  try: 'Without evidence, only a try can prove its end.',
  list: 'Without evidence, only the list that is read again can prove its end.',
  nothing:
    'Without evidence, no step here can prove its end, unless it is seen alive first: else it will stay “not proven”.',
} as const;

/** Its ending was sent, or a person said that it is done. */
const isBegun = ({ ends, marks }: Item): boolean =>
  ends.sent > 0 || marks.some(({ stage, says }) => stage === 'end' && says === 'done');

function Paused({ item, renderSignIn }: Pick<ForPersonProps, 'item' | 'renderSignIn'>) {
  const [open, setOpen] = useState(false);
  const { state, as } = item;
  if (state.is !== 'paused') return null;
  if (state.for === 'operator') {
    return (
      <Band tone="warn" title="Paused: the connection has to be mended first." flush>
        {state.why} {isBegun(item) ? 'What was done before this step may have taken effect.' : 'Nothing was ended.'}
      </Band>
    );
  }
  const who = as === null ? '' : ` as ${as.identity.name}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <Band
        tone="warn"
        title={`Paused: sign in again${who}, and it goes on at this step.`}
        flush
        action={
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Close' : `Sign in${who}`}
          </Button>
        }
      >
        {state.why}
      </Band>
      {open && <div className="p-3.5">{renderSignIn(item)}</div>}
    </div>
  );
}
