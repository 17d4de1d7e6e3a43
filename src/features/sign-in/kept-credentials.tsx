import { useState, type ReactNode } from 'react';
import { useCredentials, useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { FormValues } from '../../providers/sign-in-way.ts';
import type { CredentialView } from '../../sessions/credential.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ForgetCredential } from './forget-credential.tsx';
import type { Listed } from './jobs.ts';
import { ListingFailed } from './listing-failed.tsx';
import { TargetPanel } from './target-panel.tsx';
import { useListing } from './use-listing.ts';

interface KeptCredentialsProps {
  readonly provider: Provider;
  readonly connection: Connection;
  /** The copy button of a token that was minted just now. Keep its identity between renders. */
  readonly renderCopy: (sessionId: string) => ReactNode;
}

/** The credentials that the person had kept, and which tokens each of them minted. Nothing where there is none. */
export function KeptCredentials({ provider, connection, renderCopy }: KeptCredentialsProps) {
  const sessions = useSessions();
  const kept = useCredentials().filter((one) => one.connection === connection.id);
  if (kept.length === 0) return null;
  return (
    <Panel title="Kept credentials" note="new tokens are minted with them" flush>
      <ul>
        {kept.map((credential) => (
          <li key={credential.id} className="grid gap-3 border-t border-line px-3.5 py-2.25 first:border-t-0">
            <OneCredential
              provider={provider}
              connection={connection}
              renderCopy={renderCopy}
              credential={credential}
              sessions={sessions.filter(({ lineage, ended }) => lineage.credential === credential.id && !ended)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface OneCredentialProps extends KeptCredentialsProps {
  readonly credential: CredentialView;
  /** Those that it opened and that are not over. */
  readonly sessions: readonly SessionView[];
}

function OneCredential({ provider, connection, renderCopy, credential, sessions }: OneCredentialProps) {
  const { hands } = useServices();
  const notify = useNotify();
  const [asks, setAsks] = useState(false);
  const [listed, setListed] = useState<Listed | null>(null);
  const { id, label, keptAtMs } = credential;
  const own = provider.signIn.find((one) => one.id === credential.way);
  const way = own?.kind === 'form' && own.targets ? own : undefined;
  const listing = useListing({ provider, connection, way }, setListed);

  async function list(offered: FormValues = {}): Promise<void> {
    const kept = await hands.credentials.get(id);
    if (kept) listing.list({ ...kept.values, ...offered });
  }
  async function forget(): Promise<void> {
    // Loaded with the first credential that is forgotten: most pages never do.
    const { forgetCredential } = await import('../../refresh/kept-credentials.ts');
    await forgetCredential(hands, id);
    notify({
      tone: 'ok',
      title: `Forgot ${label}`,
      more: 'Only here: nothing was sent. Its tokens live on until they end.',
    });
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <span className="min-w-0 flex-1 basis-60">
          <span className="block font-semibold wrap-anywhere">{label}</span>
          <span className="block text-sm wrap-anywhere text-ink-3">
            {sessions.length === 0 ? 'No token of it is open here' : `Minted ${namesOf(sessions)}`} · kept since{' '}
            <time title={formatDateTime(keptAtMs)}>{formatClockTime(keptAtMs)}</time>
          </span>
        </span>
        <span className="flex gap-2">
          {way?.targets && !listed && (
            <Button
              size="small"
              busy={listing.running}
              aria-label={`List what ${label} opens`}
              onClick={() => void list()}
            >
              List {way.targets.noun.many}
            </Button>
          )}
          <Button size="small" aria-haspopup="dialog" aria-label={`Forget ${label}`} onClick={() => setAsks(true)}>
            Forget
          </Button>
        </span>
      </div>
      <ListingFailed failure={listing.failure} onTake={(offered) => void list(offered)} />
      {listed && way && (
        <TargetPanel
          provider={provider}
          connection={connection}
          way={way}
          credential={{ id, keep: true, listed }}
          renderCopy={renderCopy}
          onListed={setListed}
          onClose={() => setListed(null)}
        />
      )}
      {asks && (
        <ForgetCredential
          label={label}
          minted={namesOf(sessions)}
          connection={connection}
          endsAt={provider.sessionFace(credential.way).endsAt}
          onForget={() => {
            setAsks(false);
            void forget();
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}

/** "Payments (3), Firmware" */
function namesOf(sessions: readonly SessionView[]): string {
  const times = new Map<string, number>();
  for (const { identity } of sessions) times.set(identity.name, (times.get(identity.name) ?? 0) + 1);
  return [...times].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ');
}
