import { createElement, type ReactNode } from 'react';
import { useFailureNow } from '../../console/use-gateway-back.ts';
import { Link } from '../../ui/link.tsx';
import type { Happened } from '../../http/failure.ts';
import { formatRough } from '../../lib/format-time.ts';
import type { FormValues } from '../../providers/sign-in-way.ts';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { useLater } from '../../ui/use-later.ts';
import { freedParts } from './freed-parts.ts';
import { OfferedWay } from './offered-way.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import type { Job, Outcome, Pause, Refusal } from './sign-in-desk.ts';

interface FailedBandProps {
  readonly outcome: Extract<Outcome, { kind: 'failed' }>;
  readonly connection: string;
  readonly pause: Pause | undefined;
  readonly renderFreeing: (refusal: Refusal) => ReactNode;
  /** Absent where there is no form to take it. */
  readonly onTake: ((offered: FormValues) => void) | undefined;
}

/** What happened, whether it took effect, and what to do next. */
export function FailedBand({ outcome, connection, pause, renderFreeing, onTake }: FailedBandProps) {
  const { removed, what } = outcome;
  const failure = useFailureNow(outcome.failure);
  const atLimit = failure.fault === 'limit';
  const parts = useLater(freedParts, atLimit);
  const pauseNote = pause && <PauseNote pause={pause} />;
  const freeing = atLimit && (
    <div className="mt-1 grid gap-1.5">
      <h3 className="font-semibold text-ink">What can free a slot</h3>
      {renderFreeing(outcome)}
    </div>
  );
  const mild = atLimit || failure.fault === 'throttle' || failure.fault === 'input' || failure.happened !== 'no';
  const refused = (
    <Band
      tone={failure.back ? 'ok' : mild ? 'warn' : 'bad'}
      title={
        <>
          {failure.sentence} <Badge>{effectWords(what, failure.happened)}</Badge>
        </>
      }
    >
      <div className="grid gap-1.5">
        {failure.offer && onTake ? (
          <OfferedWay offer={failure.offer} onTake={onTake} />
        ) : (
          <p>{withoutEffect(failure.next)}</p>
        )}
        {failure.serverSaid !== undefined && <p>The server said: “{failure.serverSaid}”</p>}
        {removed.length > 0 && <p>{removedSentence(removed)}</p>}
        {failure.retryAfterMs !== undefined && (
          <p>The server asks to be left alone for {formatRough(failure.retryAfterMs)}.</p>
        )}
        {failure.certificate && <CertificateNote sha256={failure.certificate.sha256} />}
        {pauseNote}
        {freeing}
      </div>
    </Band>
  );
  if (!parts || !freeing) return refused;
  return createElement(parts.Freed, { refusal: outcome, connection, refused, pause: pauseNote, freeing });
}

/** Beside the title stands the effect already, and more exactly. */
const withoutEffect = (next: string): string =>
  next.replace(
    /^(?:Nothing took effect|Nothing was to be changed by it|No session was opened|No token was made)\. /,
    '',
  );

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
      ? 'Nothing is sent by itself, and the end of the pause frees no slot.'
      : 'Signing in pauses until then. Nothing is sent by itself.';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="w-40">
        <Countdown
          label="The pause ends in"
          endsAtMs={pause.untilMs}
          lifeMs={pause.untilMs - pause.fromMs}
          tone="warn"
        />
      </span>
      <span className="min-w-0 flex-1 basis-60">{why}</span>
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
