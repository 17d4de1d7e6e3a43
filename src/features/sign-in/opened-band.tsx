import { useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime, formatLife } from '../../lib/format-time.ts';
import { endsAtMs, type Expiry } from '../../lib/time.ts';
import type { Provider } from '../../providers/contract.ts';
import { Band } from '../../ui/band.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import type { Outcome } from './sign-in-desk.ts';

interface OpenedBandProps {
  readonly outcome: Extract<Outcome, { kind: 'opened' }>;
  readonly provider: Pick<Provider, 'words'>;
  readonly connection: Connection;
}

/** Says what a sign-in opened, as long as that session is open. */
export function OpenedBand({ outcome, provider, connection }: OpenedBandProps) {
  const { clocks } = useServices();
  const session = useSessions().find(({ id }) => id === outcome.sessionId);
  if (session?.ended) return null;
  const offsetMs = clocks.offsetMs(connection.id);
  const life = (expiry: Expiry | undefined): string | undefined => {
    const atMs = expiry && endsAtMs(expiry, offsetMs);
    return atMs === undefined ? undefined : formatLife(atMs - (session?.openedAtMs ?? outcome.atMs));
  };
  const access = session?.tokens ? life(session.tokens.accessExpiry) : undefined;
  const refresh = session?.tokens ? life(session.tokens.refreshExpiry) : undefined;
  return (
    <Band tone="ok" title={`Signed in as ${outcome.name} at ${connection.name}, ${formatClockTime(outcome.atMs)}.`}>
      <p>
        {access === undefined
          ? 'How long its token lives was not reported'
          : `Its ${provider.words.token} lives ${access}`}
        {refresh === undefined ? '.' : `, its refresh token ${refresh}.`}
      </p>
      {outcome.removed.length > 0 && <p>{removedSentence(outcome.removed)}</p>}
    </Band>
  );
}
