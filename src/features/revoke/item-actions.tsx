import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { FaceWithKeys } from '../../console/use-jobs.ts';
import type { Ending } from '../../providers/ending.ts';
import { offeredFor } from '../../revocation/offered.ts';
import { mayEnd } from '../../revocation/advance.ts';
import { isIdle } from '../../revocation/step.ts';
import type { JobEvent } from '../../revocation/events.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { Button } from '../../ui/button.tsx';
import { useConnections } from '../../console/use-services.ts';
import { isCheck } from './job-words.ts';

interface ItemActionsProps {
  readonly job: JobView;
  readonly item: Item;
  readonly face: FaceWithKeys | undefined;
  /** Opens the sheet for the same thing, with another way. */
  readonly onAnother: (wanted: WantedThing, kind: JobView['kind']) => void;
}

/** What a person may ask for next. Whether it fits is for the job to say: an ending is never sent twice by a press here. */
export function ItemActions({ job, item, face, onAnother }: ItemActionsProps) {
  const { nowMs } = useServices();
  const send = useSend(job.id);
  const connection = useConnections().find(({ id }) => id === item.connection);
  const { state, finding, ends, ending } = item;
  const settled = state.is === 'settled';
  const idle = settled || (state.is === 'person' && isIdle(item));
  const proves = item.steps.some(({ stage, asked }) => !asked && (stage === 'again' || stage === 'probe'));
  const ended = item.steps.find(({ stage }) => stage === 'end');
  const open = settled && finding?.asWanted !== true && !isCheck(item);
  const mayRepeat =
    idle &&
    finding?.asWanted !== true &&
    !isCheck(item) &&
    mayEnd(item) &&
    ended !== undefined &&
    (ends.sent === 0 || ends.mayRepeat);
  const others =
    settled && face && connection && !isCheck(item)
      ? offeredFor(face.keys, item, connection).filter(
          (one) => one.id !== 'check' && !makes(one) && (open ? one.id !== ending.id : one.goal !== ending.goal),
        )
      : [];
  const [other] = others;
  const another = (): void =>
    onAnother(
      {
        ...{ provider: item.provider, connection: item.connection, thing: item.thing },
        ...(item.as && { by: item.as.id }),
        ...(item.seen?.bySame && { seenAtMs: item.seen.atMs }),
        ...(item.means.secret && item.thing.session === null && { from: { job: job.id, item: item.id } }),
        ...(other && { ending: other.id }),
      },
      job.kind === 'rotate' ? 'revoke' : job.kind,
    );
  const buttons = [
    ...(idle && proves && !isCheck(item)
      ? [{ label: 'Prove again', run: () => send({ type: 'prove', item: item.id, nowMs: nowMs() }) }]
      : []),
    ...(mayRepeat
      ? [{ label: `${ended.label} again`, run: () => send({ type: 'repeat', item: item.id, nowMs: nowMs() }) }]
      : []),
    ...(state.is === 'paused' && state.for !== 'evidence'
      ? [{ label: 'Try again now', run: () => send({ type: 'resume', item: item.id, nowMs: nowMs() }) }]
      : []),
    ...(state.is === 'planned'
      ? [{ label: 'Cancel', run: () => send({ type: 'cancel', item: item.id, nowMs: nowMs() }) }]
      : []),
    ...(other ? [{ label: open ? 'Another way…' : `${other.label}…`, run: another }] : []),
  ];
  if (job.closedAtMs !== null || buttons.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2 px-3.5 py-2">
      {buttons.map(({ label, run }) => (
        <Button key={label} size="small" aria-label={`${label} ${item.thing.name}`} onClick={run}>
          {label}
        </Button>
      ))}
    </div>
  );
}

/** A key is made where keys are: the sheet ends things. */
const makes = ({ steps }: Ending): boolean => steps.some(({ stage }) => stage === 'create');

/** Tells the job what a person did; whatever does not fit its state changes nothing. */
export function useSend(job: string): (event: JobEvent) => void {
  const { jobs } = useServices();
  const [, setFailed] = useState(false);
  return (event) => {
    jobs
      .load()
      .then((desk) => desk.send(job, event))
      .catch(() => setFailed(true));
  };
}
