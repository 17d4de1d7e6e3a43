import type { ReactNode } from 'react';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime, formatLife } from '../../lib/format-time.ts';
import { endsAtMs, type Expiry } from '../../lib/time.ts';
import type { Provider } from '../../providers/contract.ts';
import { Band } from '../../ui/band.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import type { Outcome } from './sign-in-desk.ts';

interface OpenedBandProps {
  readonly outcome: Extract<Outcome, { kind: 'opened' }>;
  readonly provider: Pick<Provider, 'words' | 'sessionFace'>;
  readonly connection: Connection;
  /** On a narrow window the session itself stands far below the form. */
  readonly copy?: ReactNode;
}

/** Says what a sign-in opened, and how long that lives by its answer. */
export function OpenedBand({ outcome, provider, connection, copy }: OpenedBandProps) {
  const { session, offsetMs } = outcome;
  const { tokens, openedAtMs, identity, lineage } = session;
  const access = livesWords(tokens?.accessExpiry, offsetMs, openedAtMs);
  const refresh = tokens?.refreshExpiry && livesWords(tokens.refreshExpiry, offsetMs, openedAtMs);
  const what = provider.sessionFace(lineage.way).carries ?? provider.words.token;
  return (
    <Band
      tone="ok"
      title={`Signed in as ${identity.name} at ${connection.name}, ${formatClockTime(outcome.atMs)}.`}
      action={copy}
    >
      <p>
        {access === undefined ? `How long its ${what} lives was not reported` : `Its ${what} ${access}`}
        {refresh === undefined ? '.' : `, its refresh token ${refresh}.`}
      </p>
      {outcome.removed.length > 0 && <p>{removedSentence(outcome.removed)}</p>}
    </Band>
  );
}

/** "lives 5:00"; undefined where nobody said. */
function livesWords(expiry: Expiry | undefined, offsetMs: number, fromMs: number): string | undefined {
  if (expiry?.kind === 'never') return 'has no end of its own';
  const atMs = expiry && endsAtMs(expiry, offsetMs);
  if (atMs === undefined) return undefined;
  return `lives ${expiry?.kind === 'earliest' ? 'at least ' : ''}${formatLife(atMs - fromMs)}`;
}
