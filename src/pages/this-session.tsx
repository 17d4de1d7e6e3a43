import { useId, useState, type ReactNode, type Ref } from 'react';
import { useServices } from '../console/use-services.ts';
import { CopyToken } from '../features/copy-token/copy-token.tsx';
import { stateOf } from '../features/sessions/session-words.ts';
import type { Note } from '../features/sessions/action-words.ts';
import { useMoment } from '../features/sessions/use-moment.ts';
import { useSessionActions } from '../features/sessions/use-session-actions.ts';
import { formatClockTime, formatDateTime } from '../lib/format-time.ts';
import { endsAtMs, type Expiry } from '../lib/time.ts';
import type { Provider } from '../providers/contract.ts';
import { lifeOf } from '../refresh/plan.ts';
import type { SessionView } from '../sessions/record.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Panel } from '../ui/panel.tsx';
import { State } from '../ui/state.tsx';

interface ThisSessionProps {
  readonly ref?: Ref<HTMLDivElement>;
  readonly provider: Provider;
  /** Those that can be looked at, newest first. */
  readonly sessions: readonly SessionView[];
  readonly session: SessionView;
  readonly onChoose: (id: string) => void;
  /** What this vendor's refresh token is like, said under its life. */
  readonly refreshNote?: ReactNode;
  readonly children?: ReactNode;
}

/** One session from near: its two lives, and what the server said of it. No secret is shown. */
export function ThisSession({ ref, provider, sessions, session, onChoose, refreshNote, children }: ThisSessionProps) {
  const id = useId();
  const moment = useMoment(session);
  const [trouble, setTrouble] = useState<Note | null>(null);
  const state = stateOf({ word: moment.status, why: null }, session);
  const notify = useNotify();
  const actions = useSessionActions({ session, provider, where: provider.name }, (said) => {
    setTrouble(said.tone === 'ok' ? null : said);
    notify({ tone: said.tone, title: said.sentence, ...(said.more === undefined ? {} : { more: said.more }) });
  });

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
                  {one.identity.name}, opened {formatClockTime(one.openedAtMs)}
                </option>
              ))}
            </select>
          )}
          <Lives
            session={session}
            id={id}
            word={provider.words.token}
            refreshAtMs={moment.refreshAtMs}
            refreshNote={refreshNote}
          />
          {(moment.why ?? trouble) !== null && (
            <p className="text-ink-2">
              {moment.why} {trouble && `${trouble.sentence} ${trouble.more ?? ''}`}
            </p>
          )}
          <FactList facts={factsOf(session)} />
          {children}
          <div className="flex flex-wrap gap-2">
            <CopyToken session={session} describedBy={`${id}-access`} look="primary" onTrouble={setTrouble} />
            {session.tokens?.refreshable && (
              <Button
                busy={actions.doing === 'refresh'}
                aria-label={`Refresh the session of ${session.identity.name}`}
                onClick={actions.refresh}
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
  readonly refreshAtMs: number | undefined;
  readonly refreshNote: ReactNode;
}

function Lives({ session, id, word, refreshAtMs, refreshNote }: LivesProps) {
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
            unknown={session.tokens ? 'not reported' : 'none any more'}
          />
        </dd>
      </div>
      <div>
        <dt className="text-ink-2">Refresh token</dt>
        <dd className="mt-0.5">
          <Countdown
            label={`Refresh token of ${name}`}
            endsAtMs={refreshEndMs}
            lifeMs={refreshEndMs === undefined ? undefined : refreshEndMs - session.refreshedAtMs}
            unknown={session.tokens?.refreshable ? 'not reported' : 'none any more'}
          />
          {refreshNote !== undefined && <p className="mt-1 text-sm text-ink-3">{refreshNote}</p>}
        </dd>
      </div>
    </dl>
  );
}

const factsOf = ({ identity, lineage, tokens, openedAtMs, refreshedAtMs, generation }: SessionView) => [
  { label: 'Signed in as', value: identity.name },
  { label: 'Way in', value: lineage.label },
  { label: 'Opened', value: <time title={formatDateTime(openedAtMs)}>{formatClockTime(openedAtMs)}</time> },
  {
    label: 'Refreshed',
    value:
      generation === 0
        ? 'not yet'
        : `${String(generation)} ${generation === 1 ? 'time' : 'times'}, last ${formatClockTime(refreshedAtMs)}`,
  },
  ...(tokens?.serverSessionId === undefined
    ? []
    : [{ label: 'Session at the server', value: tokens.serverSessionId, mono: true }]),
  ...(tokens?.facts ?? []).map(({ label, value }) => ({ label, value, mono: true })),
];
