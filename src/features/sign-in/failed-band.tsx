import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Happened } from '../../http/failure.ts';
import { formatRough } from '../../lib/format-time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import type { Job, Outcome, Pause } from './sign-in-desk.ts';

interface FailedBandProps {
  readonly outcome: Extract<Outcome, { kind: 'failed' }>;
  readonly pause: Pause | undefined;
  readonly openSessions: ReactNode;
}

/** What happened, whether it took effect, and what to do next. */
export function FailedBand({ outcome: { failure, removed, what }, pause, openSessions }: FailedBandProps) {
  const atLimit = failure.fault === 'limit';
  const mild = atLimit || failure.fault === 'throttle' || failure.fault === 'input' || failure.happened !== 'no';
  return (
    <Band
      tone={mild ? 'warn' : 'bad'}
      title={
        <>
          {failure.sentence} <Badge>{effectWords(what, failure.happened)}</Badge>
        </>
      }
    >
      <div className="grid gap-1.5">
        <p>{failure.next}</p>
        {failure.serverSaid !== undefined && <p>The server said: “{failure.serverSaid}”</p>}
        {removed.length > 0 && <p>{removedSentence(removed)}</p>}
        {failure.retryAfterMs !== undefined && (
          <p>The server asks to be left alone for {formatRough(failure.retryAfterMs)}.</p>
        )}
        {failure.certificate && <CertificateNote sha256={failure.certificate.sha256} />}
        {pause && <PauseNote pause={pause} />}
        {atLimit && openSessions !== undefined && <Freeing>{openSessions}</Freeing>}
      </div>
    </Band>
  );
}

function effectWords(what: Job['what'], happened: Happened): string {
  if (what !== 'sign-in') return what === 'list' ? 'no token was made' : 'nothing was kept';
  switch (happened) {
    case 'no':
      return 'no session was opened';
    case 'yes':
      return 'a session was opened';
    case 'unknown':
      return 'a session may be open';
    default:
      return happened satisfies never;
  }
}

function PauseNote({ pause }: { readonly pause: Pause }) {
  const why =
    pause.why === 'limit'
      ? 'The server counts each refusal as a failed log-in, so signing in pauses. Nothing is sent by itself.'
      : 'Signing in pauses until then. Nothing is sent by itself.';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="w-40">
        <Countdown
          label="Sign in is possible again in"
          endsAtMs={pause.untilMs}
          lifeMs={pause.untilMs - pause.fromMs}
          tone="warn"
        />
      </span>
      <span className="min-w-0 flex-1 basis-60">{why}</span>
    </div>
  );
}

function Freeing({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mt-1 grid gap-1.5">
      <h3 className="font-semibold text-ink">What can free a place</h3>
      {children}
    </div>
  );
}

/** To be compared with whoever runs the server; never to be skipped. */
function CertificateNote({ sha256 }: { readonly sha256: string }) {
  return (
    <p>
      Its SHA-256 is <span className="font-mono text-sm wrap-anywhere">{sha256}</span>.{' '}
      <Link className="underline" to="/settings">
        Settings show the whole certificate
      </Link>
      .
    </p>
  );
}
