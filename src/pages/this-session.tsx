import { useId, type ReactNode, type Ref } from 'react';
import { useServices } from '../console/use-services.ts';
import { CopyToken } from '../features/copy-token/copy-token.tsx';
import { lineageWords } from '../features/sessions/lineage-words.ts';
import { endlessWords, stateOf } from '../features/sessions/session-words.ts';
import { useMoment } from '../features/sessions/use-moment.ts';
import { useSessionActions } from '../features/sessions/use-session-actions.ts';
import { restOf, useSessionNote } from '../features/sessions/use-session-note.ts';
import { formatClockTime, formatDateTime } from '../lib/format-time.ts';
import { endsAtMs, type Expiry } from '../lib/time.ts';
import type { Provider } from '../providers/contract.ts';
import type { RefreshFace, SessionFace } from '../providers/session-face.ts';
import { lifeOf } from '../refresh/plan.ts';
import { wasRemoved, type SessionView } from '../sessions/record.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { Panel } from '../ui/panel.tsx';
import { State } from '../ui/state.tsx';

interface ThisSessionProps {
  readonly ref?: Ref<HTMLDivElement>;
  readonly provider: Provider;
  /** Those that can be looked at, newest first. */
  readonly sessions: readonly SessionView[];
  readonly session: SessionView;
  readonly onChoose: (id: string) => void;
  /** Leads to the sign-in, where no refresh brings a new token. */
  readonly onGetNew: () => void;
  /** What this vendor's refresh token is like, said under its life. */
  readonly refreshNote?: ReactNode;
  /** Under the facts; what lives on after a log out or a forgetting where left out. */
  readonly children?: ReactNode;
}

/** One session from near: its two lives, and what the server said of it. No secret is shown. */
export function ThisSession({
  ref,
  provider,
  sessions,
  session,
  onChoose,
  onGetNew,
  refreshNote,
  children,
}: ThisSessionProps) {
  const id = useId();
  const moment = useMoment(session);
  const state = stateOf(moment, session);
  const { note, tell } = useSessionNote(session, provider.name);
  const face = provider.sessionFace(session.lineage.way);
  const way = provider.signIn.find(({ id: one }) => one === session.lineage.way);
  const actions = useSessionActions({ session, where: provider.name }, tell);
  const why = [moment.why ?? '', note ? restOf(note, moment.why) : ''].join(' ').trim();

  return (
    <div ref={ref} tabIndex={-1} role="group" aria-label={`Session of ${session.identity.name}`} className="rounded-lg">
      <Panel title="This session" actions={<State kind={state.kind}>{state.word}</State>}>
        <div className="grid gap-3.5">
          {sessions.length > 1 && (
            <select
              aria-label="Session"
              className="input select"
              value={session.id}
              onChange={({ target }) => onChoose(target.value)}
            >
              {sessions.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.identity.name}, {formatClockTime(one.openedAtMs)}
                </option>
              ))}
            </select>
          )}
          <Lives
            session={session}
            id={id}
            word={face.carries ?? provider.words.token}
            refresh={face.refresh}
            refreshAtMs={moment.refreshAtMs}
            refreshNote={refreshNote}
          />
          {why !== '' && <p className="text-ink-2">{why}</p>}
          {way?.standing === 'deprecated' && (
            <p className="text-ink-2">
              <Badge look="warn">deprecated</Badge> {way.reason}
            </p>
          )}
          <FactList facts={factsOf(session, provider, sessions)} />
          {children ?? <Afterwards face={face} />}
          <div className="flex flex-wrap gap-2">
            <CopyToken session={session} describedBy={`${id}-access`} look="primary" onTrouble={tell} />
            {!session.tokens?.refreshable && (
              <Button aria-label={`Get a new token for ${session.identity.name}`} onClick={onGetNew}>
                Get new
              </Button>
            )}
            {session.tokens?.refreshable && (
              <Button
                busy={actions.doing === 'refresh'}
                aria-label={`Refresh the session of ${session.identity.name}`}
                onClick={() => actions.run('refresh')}
              >
                Refresh
              </Button>
            )}
          </div>
        </div>
      </Panel>
    </div>
  );
}

interface LivesProps {
  readonly session: SessionView;
  readonly id: string;
  /** What the vendor calls the access token. */
  readonly word: string;
  readonly refresh: RefreshFace | undefined;
  readonly refreshAtMs: number | undefined;
  readonly refreshNote: ReactNode;
}

function Lives({ session, id, word, refresh, refreshAtMs, refreshNote }: LivesProps) {
  const { hands } = useServices();
  const offsetMs = hands.offsetMs(session.connection);
  const end = (expiry: Expiry | undefined): number | undefined => expiry && endsAtMs(expiry, offsetMs);
  const name = session.identity.name;
  const refreshEndMs = end(session.tokens?.refreshExpiry);
  const heading = word.charAt(0).toUpperCase() + word.slice(1);
  return (
    <dl className="grid gap-3">
      <div id={`${id}-access`}>
        <dt className="text-ink-2">{heading}</dt>
        <dd className="mt-0.5">
          <Countdown
            label={`${heading} of ${name}`}
            endsAtMs={end(session.tokens?.accessExpiry)}
            lifeMs={lifeOf(session, offsetMs)}
            refreshAtMs={refreshAtMs}
            atLeast={session.tokens?.accessExpiry.kind === 'earliest'}
            unknown={endlessWords(session)}
          />
        </dd>
      </div>
      {refresh?.kind === 'single-use' && (
        <div>
          <dt className="text-ink-2">Refresh token</dt>
          <dd className="mt-0.5">
            <Countdown
              label={`Refresh token of ${name}`}
              endsAtMs={refreshEndMs}
              lifeMs={refreshEndMs === undefined ? undefined : refreshEndMs - session.refreshedAtMs}
              unknown={noRefreshEnd(session)}
            />
            {refreshNote !== undefined && <p className="mt-1 text-sm text-ink-3">{refreshNote}</p>}
          </dd>
        </div>
      )}
      {refresh?.kind === 'mint-again' && (
        <div>
          <dt className="text-ink-2">New tokens</dt>
          <dd className="mt-0.5">{mintWords(session)}</dd>
        </div>
      )}
    </dl>
  );
}

/** Of a refresh token without a time: its end is not reported, there never was one, or it is used up. */
function noRefreshEnd({ tokens, generation }: SessionView): string {
  if (tokens?.spends) return 'not reported';
  return tokens && generation === 0 ? 'none' : 'none any more';
}

/** What lives on after a log out or a forgetting. */
function Afterwards({ face: { logOut, forgetting } }: { readonly face: SessionFace }) {
  const said = logOut ? [logOut.survives, logOut.remains ?? ''].filter((one) => one !== '') : [forgetting ?? ''];
  const words = said.join(' ');
  return words === '' ? null : <p className="text-sm text-ink-3">{words}</p>;
}

function mintWords(session: SessionView): string {
  const { lineage, keepFresh } = session;
  if (lineage.kept) {
    return `Minted with ${lineage.label}, which is kept here${keepFresh ? ', before this one ends' : ' when you ask for it'}.`;
  }
  const why = wasRemoved(session) ? 'was removed here, because the server refused it' : 'is not kept here';
  return `${lineage.label} ${why}: a new token takes a new sign-in.`;
}

function factsOf(session: SessionView, provider: Provider, sessions: readonly SessionView[]) {
  const face = provider.sessionFace(session.lineage.way);
  const way = provider.signIn.find(({ id }) => id === session.lineage.way);
  const { identity, tokens, openedAtMs, refreshedAtMs, refreshes } = session;
  // A token for one entry of a list is named after that, and its facts say so.
  const isPerson = way?.kind !== 'form' || !way.targets;
  return [
    ...(isPerson ? [{ label: 'Signed in as', value: identity.name }] : []),
    { label: 'Opened with', value: lineageWords(session, provider, sessions) },
    { label: 'Opened', value: <time title={formatDateTime(openedAtMs)}>{formatClockTime(openedAtMs)}</time> },
    ...(face.refresh
      ? [
          {
            label: 'Refreshed',
            value:
              refreshes === 0
                ? 'not yet'
                : `${String(refreshes)} ${refreshes === 1 ? 'time' : 'times'}, last ${formatClockTime(refreshedAtMs)}`,
          },
        ]
      : []),
    ...(tokens?.serverSessionId === undefined
      ? []
      : [{ label: 'Session at the server', value: tokens.serverSessionId, mono: true }]),
    ...(tokens?.facts ?? []).map(({ label, value }) => ({ label, value, mono: true })),
  ];
}
