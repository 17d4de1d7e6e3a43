import { useServices, useSessions } from '../../console/use-services.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { endsAtMs, type Expiry } from '../../lib/time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { lineageWords } from './lineage-words.ts';

interface SessionFactsProps {
  readonly session: SessionView;
  readonly where: string;
  readonly whose: string;
  readonly provider: Provider | undefined;
  readonly onClose: () => void;
}

/** Everything known of a session but its secrets. */
export function SessionFacts({ session, where, whose, provider, onClose }: SessionFactsProps) {
  const { hands } = useServices();
  const sessions = useSessions();
  const offsetMs = hands.offsetMs(session.connection);
  const { tokens, lineage } = session;
  const face = provider?.sessionFace(lineage.way);
  const facts = [
    { label: 'Who', value: session.identity.name },
    ...(session.identity.id === undefined ? [] : [{ label: 'Their id', value: session.identity.id, mono: true }]),
    { label: 'Connection', value: where },
    { label: 'Server', value: session.baseUrl, mono: true },
    { label: 'Opened with', value: lineageWords(session, provider, sessions) },
    { label: 'Opened', value: formatDateTime(session.openedAtMs) },
    ...(face?.refresh
      ? [
          {
            label: 'Last refreshed',
            value: session.refreshes === 0 ? 'not yet' : formatDateTime(session.refreshedAtMs),
          },
          { label: 'Refreshes', value: String(session.generation) },
        ]
      : []),
    { label: 'Last copied', value: session.copiedAtMs === null ? 'not yet' : formatDateTime(session.copiedAtMs) },
    ...(tokens
      ? [
          {
            label: face?.carries === undefined ? 'Access token ends' : `${withCapital(face.carries)} ends`,
            value: endWords(tokens.accessExpiry, offsetMs),
          },
          ...(face?.refresh
            ? [
                {
                  label: 'Refresh token ends',
                  value: tokens.spends ? endWords(tokens.refreshExpiry, offsetMs) : 'none',
                },
              ]
            : []),
        ]
      : []),
    ...(tokens?.serverSessionId === undefined
      ? []
      : [{ label: 'Session at the server', value: tokens.serverSessionId, mono: true }]),
    ...(tokens?.facts ?? []).map(({ label, value }) => ({ label, value, mono: true })),
    ...(session.signInNeeded ? [{ label: 'Ended because', value: session.signInNeeded.sentence }] : []),
  ];
  return (
    <Dialog title={whose} onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <FactList facts={facts} />
      {face && !face.logOut && face.forgetting !== undefined && <p className="text-sm text-ink-3">{face.forgetting}</p>}
    </Dialog>
  );
}

const withCapital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const endWords = (expiry: Expiry | undefined, offsetMs: number): string => {
  const atMs = expiry && endsAtMs(expiry, offsetMs);
  if (expiry?.kind === 'never') return 'no end of its own';
  if (atMs === undefined) return 'not reported';
  return expiry?.kind === 'earliest' ? `not before ${formatDateTime(atMs)}` : formatDateTime(atMs);
};
