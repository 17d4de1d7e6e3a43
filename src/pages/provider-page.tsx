import { Suspense, useCallback, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useCredentials, useHello, useServices, useSessions, useSessionsRead } from '../console/use-services.ts';
import { ClipboardLine } from '../features/copy-token/clipboard-line.tsx';
import { CopyOpened } from '../features/copy-token/copy-opened.tsx';
import { CopyToken } from '../features/copy-token/copy-token.tsx';
import type { CopySlot } from '../features/sessions/session-row.tsx';
import { SessionTable } from '../features/sessions/session-table.tsx';
import { signInHref } from '../features/sessions/sign-in-href.ts';
import { useFocusAfterLast } from '../features/sessions/use-focus-after-last.ts';
import { useListedSessions } from '../features/sessions/use-listed-sessions.ts';
import { AtConnection } from '../features/sign-in/at-connection.tsx';
import { useSignInPlace } from '../features/sign-in/use-sign-in-place.ts';
import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { ShownOnce } from '../providers/sign-in-way.ts';
import type { SessionView } from '../sessions/record.ts';
import { Button } from '../ui/button.tsx';
import type { Fetchable } from '../ui/lazy-part.ts';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import {
  fetchScene,
  FreeSlot,
  HowToUse,
  KeptCredentials,
  KeysPart,
  SecretOnce,
  SignIn,
  ThisSession,
  useSceneAtOnce,
} from './scene-parts.ts';
import { useLater } from '../ui/use-later.ts';
import { fetchUse, useFetchAhead } from './use-fetch-ahead.ts';
import { useSessionInView } from './use-session-in-view.ts';

/** The connection that the page is about, and the session that is looked at. */
export interface Scene {
  readonly connection: Connection;
  /** At that connection and not over, newest first. */
  readonly sessions: readonly SessionView[];
  readonly session: SessionView;
  choose(id: string): void;
}

interface ProviderPageProps {
  readonly provider: Provider;
  /** Facts of the connection for the line under the title. */
  readonly about: (connection: Connection) => readonly string[];
  /** What this vendor alone has; stands first once a session is open. */
  readonly own?: (scene: Scene) => ReactNode;
  /** What this vendor alone has to say where no session is open. */
  readonly withoutSession?: (connection: Connection) => ReactNode;
  /** What `own` draws, where that is fetched later: it shows together with the rest of a session. */
  readonly ahead?: Fetchable;
  /** Fetches what a session is followed by at once, while the form that opens it is filled in. Stays the same. */
  readonly beforeSignIn?: () => Promise<unknown>;
  readonly refreshNote?: (session: SessionView) => ReactNode;
  /** Shows its keys as well, where somebody asks. */
  readonly keys?: true;
  /** Under the facts of a session. */
  readonly sessionNote?: (session: SessionView) => ReactNode;
}

/** What every provider's page is made of: ways in, one session from near, how to use it, every session. */
export function ProviderPage(props: ProviderPageProps) {
  return (
    <AtConnection provider={props.provider} ready={useReady(props.provider.id)}>
      {(connection, picker) => <Assembled key={connection.id} {...props} connection={connection} picker={picker} />}
    </AtConnection>
  );
}

/**
 * Whether all is known and here that the page begins with. Who comes by a link stays where they are until then; who begins
 * with this page sees its head meanwhile.
 */
function useReady(provider: string): boolean {
  const { hello } = useHello();
  const read = useSessionsRead();
  const nothingOpen = !useSessions().some((one) => one.provider === provider && !one.ended);
  const [byLink] = useState(hello !== undefined && read);
  const form = useLater(SignIn, read && nothingOpen);
  return read && (byLink || !nothingOpen || form !== undefined);
}

interface AssembledProps extends ProviderPageProps {
  readonly connection: Connection;
  readonly picker: ReactNode;
}

function Assembled({
  provider,
  about,
  own,
  withoutSession,
  ahead,
  beforeSignIn,
  keys,
  refreshNote,
  sessionNote,
  connection,
  picker,
}: AssembledProps) {
  const { open, drawn, canClose, place, show, close } = useSignInPlace(connection.id, SignIn);
  const { registry } = useServices();
  const navigate = useNavigate();
  const near = useRef<HTMLDivElement>(null);
  const aheadOfSession = useCallback(
    () => Promise.all([fetchScene(provider, ahead), fetchUse(), beforeSignIn?.()]),
    [provider, ahead, beforeSignIn],
  );
  const listed = useListedSessions().filter(({ session }) => session.provider === provider.id);
  useFocusAfterLast(listed.length);
  const sessions = useSessions()
    .filter((one) => one.connection === connection.id && !one.ended)
    .sort((one, other) => other.openedAtMs - one.openedAtMs);
  const { session, choose } = useSessionInView(connection.id, sessions);
  const keepsCredentials = useCredentials().some((one) => one.connection === connection.id);
  useFetchAhead(listed.length > 0, SignIn.load);
  const atOnce = useSceneAtOnce({
    own: ahead,
    session: session !== undefined,
    credentials: keepsCredentials,
    table: listed.length > 0,
  });
  const [wantsExample, setWantsExample] = useState(false);
  const example = wantsExample ? (
    <Suspense>
      <HowToUse provider={provider} connection={connection} session={undefined} />
    </Suspense>
  ) : (
    <Panel
      title="How to use it"
      actions={
        <Button size="small" onClick={() => setWantsExample(true)}>
          Show an example
        </Button>
      }
    >
      <p className="text-ink-2">A working call as curl, fetch, HTTPie or Python, or a line of .env.</p>
    </Panel>
  );

  return (
    <>
      <PageHeader
        title={provider.name}
        actions={
          <>
            {picker}
            {!open && (
              <Button look="primary" onClick={show}>
                Sign in
              </Button>
            )}
          </>
        }
      >
        {[connection.name, ...about(connection)].join(' · ')}
      </PageHeader>
      {drawn && (
        <div ref={place}>
          <SignIn
            provider={provider}
            connection={connection}
            suggested={session?.signInNeeded ? session.lineage.way : undefined}
            renderFreeing={(refusal) => (
              <Suspense>
                <FreeSlot provider={provider} connection={connection} refusal={refusal} />
              </Suspense>
            )}
            fetchFreeing={FreeSlot.load}
            renderSecret={renderSecret}
            renderCopy={renderOpened}
            ahead={aheadOfSession}
            below={session ? undefined : example}
            onUse={(id) => {
              choose(id);
              close();
              near.current?.focus();
            }}
            actions={
              canClose && (
                <Button size="small" look="quiet" aria-label="Close the sign-in" onClick={close}>
                  Close
                </Button>
              )
            }
          />
        </div>
      )}
      {!session && withoutSession?.(connection)}
      {session && atOnce && (
        // All of it at once: parts that come one after the other push each other about.
        <Suspense>
          <div
            className={`grid grid-cols-[minmax(0,1fr)] items-start gap-4.5 lg:grid-cols-[minmax(0,1fr)_18.75rem] ${own ? 'lg:grid-rows-[auto_1fr]' : ''}`}
          >
            {own?.({ connection, sessions, session, choose })}
            <div className={own ? 'lg:col-start-2 lg:row-span-2 lg:row-start-1' : 'lg:col-start-2 lg:row-start-1'}>
              <ThisSession
                key={session.id}
                ref={near}
                provider={provider}
                sessions={sessions}
                session={session}
                onChoose={choose}
                onGetNew={() => void navigate(signInHref(registry, provider.id, connection.id, session.lineage.way))}
                refreshNote={refreshNote?.(session)}
              >
                {sessionNote?.(session)}
              </ThisSession>
            </div>
            <HowToUse provider={provider} connection={connection} session={session.tokens ? session : undefined} />
          </div>
        </Suspense>
      )}
      {keepsCredentials && atOnce && (
        <Suspense>
          <KeptCredentials provider={provider} connection={connection} renderCopy={renderOpened} />
        </Suspense>
      )}
      {listed.length > 0 && atOnce && <SessionTable listed={listed} renderCopy={renderCopy} />}
      {keys && session && atOnce && (
        <Suspense>
          <KeysPart connection={connection} />
        </Suspense>
      )}
      <ClipboardLine />
    </>
  );
}

const renderCopy = (slot: CopySlot) => <CopyToken {...slot} />;

const renderOpened = (sessionId: string) => <CopyOpened sessionId={sessionId} />;

const renderSecret = ({ label, secret }: ShownOnce) => (
  <Suspense>
    <SecretOnce label={label} secret={secret} />
  </Suspense>
);
