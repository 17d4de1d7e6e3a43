import { useState } from 'react';
import { Link } from '../../ui/link.tsx';
import type { JobDesk } from '../../console/job-desk.ts';
import { useServices } from '../../console/use-services.ts';
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import { isPastProof } from '../../revocation/advance.ts';
import { isIdle } from '../../revocation/step.ts';
import { isIncident, type Item, type JobView } from '../../revocation/job.ts';
import { Band } from '../../ui/band.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Panel } from '../../ui/panel.tsx';
import { State } from '../../ui/state.tsx';
import { GiveUpJob } from '../give-up-job.tsx';
import { lastMark, outcomeOf, standsAt, stepState, survivorWords } from './job-words.ts';
import { KeepHereBox } from './keep-here-box.tsx';
import { ShownOnce, type RenderSecret } from './shown-once.tsx';
import { useKeepHere } from './use-keep-here.ts';

interface RotationPanelProps {
  readonly desk: JobDesk;
  /** None of them closed. At least one. */
  readonly jobs: readonly JobView[];
  readonly signInHref: (provider: string, connection: string) => string;
  readonly incidentHref: (job: string) => string;
  readonly renderSecret: RenderSecret;
}

/** Every rotation that somebody began and nobody has closed. */
export function RotationPanel({ jobs, ...parts }: RotationPanelProps) {
  return (
    <Panel title="Rotations under way" note={String(jobs.length)} flush>
      <ul>
        {jobs.map((job) =>
          job.items.map((item) => (
            <li key={job.id} className="grid gap-3 border-t border-line p-3.5 first:border-t-0">
              <Rotation {...{ job, item }} {...parts} />
            </li>
          )),
        )}
      </ul>
    </Panel>
  );
}

interface RotationProps extends Omit<RotationPanelProps, 'jobs'> {
  readonly job: JobView;
  readonly item: Item;
}

function Rotation({ desk, job, item, signInHref, incidentHref, renderSecret }: RotationProps) {
  const { nowMs } = useServices();
  const { state } = item;
  const send = (type: 'prove' | 'repeat' | 'resume'): void =>
    void desk.send(job.id, { type, item: item.id, nowMs: nowMs() });
  const confirm = (step: string): void =>
    void desk.send(job.id, { type: 'confirm', item: item.id, step, nowMs: nowMs() });
  const close = (unheard: boolean): void =>
    void desk.send(job.id, { type: 'close', ...(unheard && { unheard }), nowMs: nowMs() });
  const outcome = state.is === 'settled' || isPastProof(item) ? outcomeOf(item) : null;
  const quiet = state.is === 'waiting' && item.steps.find(({ id }) => id === state.step)?.stage === 'quiet';

  return (
    <section aria-label={job.title} data-job={job.id} className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="min-w-0 font-semibold wrap-anywhere">{job.title}</h3>
        <span className="text-sm text-ink-3" title={formatDateTime(job.createdAtMs)}>
          begun {formatClockTime(job.createdAtMs)} · {item.ending.label}
          {isIncident(job) && (
            <>
              {' · '}
              <Link to={incidentHref(job.id)} className="underline underline-offset-2">
                Incident
              </Link>
            </>
          )}
        </span>
      </div>
      <Steps item={item} />
      {state.is === 'person' && (
        <YourTurn key={state.step} {...{ desk, job, item, renderSecret }} onDone={() => confirm(state.step)} />
      )}
      {quiet && (
        <Band
          tone="busy"
          title="The new key is there. The old one goes when nothing has used it for long enough."
          action={
            <Button size="small" onClick={() => confirm(state.step)}>
              Nothing uses it any more
            </Button>
          }
        >
          {state.why === '' ? '' : `${withCapital(state.why)}. `}Looked at again about {formatClockTime(state.untilMs)}.
        </Band>
      )}
      {state.is === 'paused' && (
        <Band
          tone="warn"
          title={state.why}
          action={
            state.for === 'sign-in' ? (
              <Link to={signInHref(item.provider, item.connection)} className={buttonClass('secondary', 'small')}>
                Sign in
              </Link>
            ) : (
              <Button size="small" onClick={() => send('resume')}>
                Go on
              </Button>
            )
          }
        >
          {state.for === 'sign-in'
            ? 'It goes on at this step once the same person is signed in.'
            : 'Nothing was sent since.'}
        </Band>
      )}
      {outcome && (
        <>
          <p role="status">
            <State kind={outcome.kind}>{outcome.word}</State>{' '}
            <span className="wrap-anywhere text-ink-2">{outcome.sentence}</span>
          </p>
          {item.finding && item.ends.sent > 0 && item.finding.survives.length > 0 && (
            <p className="text-sm text-ink-2">What lives on: {item.finding.survives.map(survivorWords).join(' ')}</p>
          )}
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {outcome && isIdle(item) && item.ends.sent > 0 && (
          <Button size="small" onClick={() => send('prove')}>
            Prove again
          </Button>
        )}
        {outcome && isIdle(item) && item.finding?.verdict === 'live' && item.ends.sent > 0 && (
          <Button size="small" look="danger" onClick={() => send('repeat')}>
            End it again
          </Button>
        )}
        <GiveUpJob job={job} label="Give up…" look="quiet" size="small" onClose={close} />
      </div>
    </section>
  );
}

const withCapital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function Steps({ item }: { readonly item: Item }) {
  const at = standsAt(item);
  return (
    <ol className="grid gap-1">
      {item.steps
        .filter((step) => !step.asked || lastMark(item, step.id) || at === step.id)
        .map((step) => {
          const { kind, word } = stepState(item, step);
          const mark = lastMark(item, step.id);
          return (
            <li key={step.id} aria-current={at === step.id ? 'step' : undefined} className="flex flex-wrap gap-x-4">
              <span className="min-w-32">
                <State kind={kind}>{word}</State>
              </span>
              <span className="min-w-0 flex-1 basis-60 wrap-anywhere">
                {step.label}
                {mark && <span className="text-ink-2"> · {mark.words}</span>}
              </span>
            </li>
          );
        })}
    </ol>
  );
}

interface YourTurnProps extends Pick<RotationProps, 'desk' | 'job' | 'item' | 'renderSecret'> {
  readonly onDone: () => void;
}

/** The new key, until somebody says that it is where it is needed. */
function YourTurn({ desk, job, item, renderSecret, onDone }: YourTurnProps) {
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState(false);
  const keep = useKeepHere(desk, job.id, item);
  const step = item.steps.find(({ id }) => id === standsAt(item));
  const goOn = async (): Promise<void> => {
    if (await keep.carryOut()) onDone();
  };
  return (
    <div className="grid gap-2.5 rounded-lg border border-line-strong p-3">
      <ShownOnce {...{ desk, job, item, renderSecret }} onCopied={() => setCopied(true)} />
      <CheckBox label="I saved it" checked={saved} onChange={({ target }) => setSaved(target.checked)} />
      <KeepHereBox keep={keep} />
      <p className="text-sm text-ink-2">
        {copied ? 'Copied. ' : ''}Keyward shows it until you go on, and keeps it after that only if you say so.
      </p>
      <div>
        <Button
          look="primary"
          busy={keep.busy}
          disabled={!saved && !copied && !keep.ticked}
          onClick={() => void goOn()}
        >
          {step?.says ?? 'Go on'}
        </Button>
      </div>
    </div>
  );
}
