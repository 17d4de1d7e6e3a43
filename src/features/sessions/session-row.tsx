import { memo, useCallback, useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useServices } from '../../console/use-services.ts';
import { formatDateTime, formatMoment, formatRough } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import { accessEndsAtMs, lifeOf } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { State } from '../../ui/state.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Cell, TwoLines } from '../../ui/table.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import type { Note } from './action-words.ts';
import { credentialName } from './lineage-words.ts';
import { RowActions } from './row-actions.tsx';
import { endlessWords, refreshableUntilMs, refreshableWords, stateOf } from './session-words.ts';
import { useMoment } from './use-moment.ts';
import { useSessionActions } from './use-session-actions.ts';
import { whereWords } from './where-words.ts';

/** What a row hands to the copy button that the page puts into it. */
export interface CopySlot {
  readonly session: SessionView;
  /** Ids of the elements that say whose token it is and how long it lives. */
  readonly describedBy: string;
  /** What went wrong, to stand in the row; null when all is well again. */
  readonly onTrouble: (note: Note | null) => void;
}

export type RenderCopy = (slot: CopySlot) => ReactNode;

export const sessionColumns = [
  { name: 'State', widthRem: 8.6 },
  { name: 'Session' },
  { name: 'Access token', widthRem: 9.75 },
  { name: 'Can be refreshed until', widthRem: 10.5 },
  { name: 'Keep fresh', widthRem: 5.75 },
  { name: 'Actions', widthRem: 16.15, unseen: true },
] as const;

interface SessionRowProps {
  readonly session: SessionView;
  readonly providerName: string;
  readonly connectionName: string;
  /** Undefined until its chunk has arrived. */
  readonly provider: Provider | undefined;
  /** Where to sign in anew. */
  readonly signInHref: string;
  /** Keep its identity between renders. */
  readonly renderCopy: RenderCopy;
}

function Row({ session, providerName, connectionName, provider, signInHref, renderCopy }: SessionRowProps) {
  const id = useId();
  const { hands } = useServices();
  const moment = useMoment(session);
  const [note, setNote] = useState<Note | null>(null);
  const where = whereWords(providerName, connectionName);
  const notify = useNotify();
  const credential = credentialName(session, provider);
  const actions = useSessionActions({ session, where }, (said) => {
    setNote(said.tone === 'ok' && !said.stays ? null : said);
    notify({ tone: said.tone, title: said.sentence, ...(said.more === undefined ? {} : { more: said.more }) });
  });
  const onTrouble = useCallback((trouble: Note | null) => setNote(trouble), []);
  const state = stateOf({ word: moment.status, why: null }, session);
  const offsetMs = hands.offsetMs(session.connection);

  return (
    <>
      <tr id={rowId(session.id)} tabIndex={-1} data-session="">
        <Cell card="state">
          <State kind={state.kind}>{state.word}</State>
        </Cell>
        <Cell card="title">
          <div id={`${id}-who`}>
            <TwoLines
              first={session.identity.name}
              second={credential === undefined ? where : `${where} · ${credential}`}
            />
          </div>
        </Cell>
        <Cell card="wide">
          <div id={`${id}-life`}>
            <AccessToken
              session={session}
              who={session.identity.name}
              refreshAtMs={moment.refreshAtMs}
              speaks={moment.held}
              uncertain={moment.status === 'uncertain'}
              offsetMs={offsetMs}
            />
          </div>
        </Cell>
        <Cell card={session.tokens ? 'fact' : 'hidden'} name="Can be refreshed until" numeric>
          <RefreshableUntil
            session={session}
            offsetMs={offsetMs}
            getNew={
              <Link
                to={signInHref}
                className="underline"
                aria-label={`Get a new token: ${session.identity.name}, ${where}`}
              >
                Get new
              </Link>
            }
          />
        </Cell>
        <Cell card={session.tokens?.refreshable ? 'fact' : 'hidden'} name="Keep fresh">
          {session.tokens?.refreshable ? (
            <Switch
              label={`Keep ${session.identity.name}, ${where}, fresh`}
              checked={session.keepFresh}
              onChange={actions.keepFresh}
            />
          ) : (
            <span className="text-ink-3">—</span>
          )}
        </Cell>
        <Cell card="actions">
          <RowActions
            session={session}
            provider={provider}
            where={where}
            signInHref={signInHref}
            needsSignIn={moment.status === 'sign-in-needed'}
            actions={actions}
            copy={renderCopy({ session, describedBy: `${id}-who ${id}-life`, onTrouble })}
          />
        </Cell>
      </tr>
      {(moment.why !== null || note) && (
        <tr className="border-t-0! pt-0!">
          <td data-card="hidden" className="border-t-0" />
          <td colSpan={sessionColumns.length - 1} data-card="wide" className="border-t-0 pt-0">
            {moment.why !== null && <p className="text-sm text-ink-2">{moment.why}</p>}
            {note && <RowNote note={note} />}
          </td>
        </tr>
      )}
    </>
  );
}

/**
 * Every write raises the revision, and the views of all sessions are made anew whenever one of them changes: a row that
 * compared the objects would be rendered for its neighbours' refreshes.
 */
export const SessionRow = memo(
  Row,
  (before, after) =>
    before.session.id === after.session.id &&
    before.session.revision === after.session.revision &&
    before.providerName === after.providerName &&
    before.connectionName === after.connectionName &&
    before.provider === after.provider &&
    before.signInHref === after.signInHref &&
    before.renderCopy === after.renderCopy,
);

export const rowId = (sessionId: string): string => `session-${sessionId}`;

const colours = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' } as const;
const marks = { ok: 'ready', warn: 'attention', bad: 'bad' } as const;

/** The answer to the last thing that a person did here. */
function RowNote({ note }: { readonly note: Note }) {
  return (
    <p className="text-sm text-ink-2">
      <span className={`mr-1.5 inline-block ${colours[note.tone]}`}>
        <span className="mark" data-mark={marks[note.tone]} aria-hidden="true" />
      </span>
      {note.sentence} {note.more}
    </p>
  );
}

interface AccessTokenProps {
  readonly session: SessionView;
  readonly who: string;
  readonly refreshAtMs: number | undefined;
  readonly speaks: boolean;
  readonly uncertain: boolean;
  readonly offsetMs: number;
}

function AccessToken({ session, who, refreshAtMs, speaks, uncertain, offsetMs }: AccessTokenProps) {
  const label = `Access token of ${who}`;
  // Without tokens all that is known is when the server said so.
  if (!session.tokens)
    return <Countdown label={label} endsAtMs={session.signInNeeded?.sinceMs ?? session.refreshedAtMs} />;
  return (
    <Countdown
      label={label}
      endsAtMs={accessEndsAtMs(session, offsetMs)}
      lifeMs={lifeOf(session, offsetMs)}
      refreshAtMs={refreshAtMs}
      tone={uncertain ? 'warn' : undefined}
      atLeast={session.tokens.accessExpiry.kind === 'earliest'}
      unknown={endlessWords(session)}
      speaks={speaks}
    />
  );
}

interface RefreshableUntilProps {
  readonly session: SessionView;
  readonly offsetMs: number;
  /** The way to a new token where this one cannot be refreshed. */
  readonly getNew: ReactNode;
}

function RefreshableUntil({ session, offsetMs, getNew }: RefreshableUntilProps) {
  const endMs = refreshableUntilMs(session, offsetMs);
  const left = useCallback(
    (nowMs: number) => (endMs === undefined || endMs <= nowMs ? 'over' : formatRough(endMs - nowMs)),
    [endMs],
  );
  const at = useCallback((nowMs: number) => (endMs === undefined ? '' : formatMoment(endMs, nowMs)), [endMs]);
  if (endMs === undefined) {
    return (
      <span className="text-ink-2">
        {refreshableWords(session)} {session.tokens?.refreshable === false && <>· {getNew}</>}
      </span>
    );
  }
  return (
    <span title={formatDateTime(endMs)}>
      <TickText text={at} />{' '}
      <span className="text-ink-3">
        · <TickText text={left} />
      </span>
    </span>
  );
}
