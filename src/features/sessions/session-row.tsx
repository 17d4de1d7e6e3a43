import { memo, useCallback, useId, type ReactNode } from 'react';
import { Link } from '../../ui/link.tsx';
import { useServices } from '../../console/use-services.ts';
import { formatDateTime, formatMoment, formatRough } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import { accessEndsAtMs, lifeOf } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { State } from '../../ui/state.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Cell, TwoLines } from '../../ui/table.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import type { Note } from './action-words.ts';
import { credentialName } from './credential-name.ts';
import { RowActions } from './row-actions.tsx';
import { rowId } from './row-id.ts';
import { endlessWords, isMisplaced, refreshableUntilMs, refreshableWords, stateOf } from './session-words.ts';
import { useMoment } from './use-moment.ts';
import { useOpened } from './use-opened.ts';
import { useSessionActions } from './use-session-actions.ts';
import { restOf, useSessionNote } from './use-session-note.ts';
import { whereWords } from './where-words.ts';

/** What a row hands to the copy button that the page puts into it. */
export interface CopySlot {
  readonly session: SessionView;
  /** Ids of the elements that say whose token it is and how long it lives. */
  readonly describedBy: string;
  /** "bob, OCP (demo)", for the words about it that stand elsewhere. */
  readonly whose: string;
  /** What went wrong, to be said in the row and nowhere else; null when all is well again. */
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
  /** Another row reads the same but for the time of its opening. */
  readonly alike: boolean;
  /** Undefined until its chunk has arrived. */
  readonly provider: Provider | undefined;
  /** Where the row stands among all, its heading counted; undefined where all are drawn. */
  readonly rowIndex: number | undefined;
  /** Where to sign in anew. */
  readonly signInHref: string;
  /** Keep its identity between renders. */
  readonly renderCopy: RenderCopy;
}

function Row({
  session,
  providerName,
  connectionName,
  alike,
  provider,
  rowIndex,
  signInHref,
  renderCopy,
}: SessionRowProps) {
  const id = useId();
  const { hands, registry } = useServices();
  const moment = useMoment(session);
  const place = whereWords(providerName, connectionName);
  const opened = useOpened(session.openedAtMs, alike);
  const where = opened === undefined ? place : `${place}, ${opened}`;
  const whose = `${session.identity.name}, ${where}`;
  const { note, tell } = useSessionNote(session, where);
  const vendor = registry.find(({ id: one }) => one === session.provider);
  const credential = credentialName(session, vendor);
  const actions = useSessionActions({ session, where }, tell);
  const rest = note && restOf(note, moment.why);
  const state = stateOf(moment, session);
  const offsetMs = hands.offsetMs(session.connection);

  return (
    <>
      <tr id={rowId(session.id)} tabIndex={-1} data-session="" aria-rowindex={rowIndex}>
        <Cell card="state">
          <State kind={state.kind}>{state.word}</State>
        </Cell>
        <Cell card="title">
          <div id={`${id}-who`}>
            <TwoLines
              first={session.identity.name}
              second={[place, credential, opened].filter((part) => part !== undefined).join(' · ')}
            />
          </div>
        </Cell>
        <Cell card="wide">
          <div id={`${id}-life`}>
            <AccessToken
              session={session}
              who={opened === undefined ? session.identity.name : `${session.identity.name}, ${opened}`}
              refreshAtMs={moment.refreshAtMs}
              speaks={moment.hold !== null}
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
              <Link to={signInHref} className="underline" aria-label={`Get a new token: ${whose}`}>
                Get new
              </Link>
            }
          />
        </Cell>
        <Cell card={session.tokens?.refreshable ? 'fact' : 'hidden'} name="Keep fresh">
          {session.tokens?.refreshable ? (
            <Switch label={`Keep ${whose}, fresh`} checked={session.keepFresh} onChange={actions.keepFresh} />
          ) : (
            <span className="text-ink-3">—</span>
          )}
        </Cell>
        <Cell card="actions">
          <RowActions
            session={session}
            vendor={vendor}
            provider={provider}
            where={place}
            whose={whose}
            signInHref={signInHref}
            misplaced={moment.hold !== null && isMisplaced(moment.hold)}
            needsSignIn={moment.status === 'sign-in-needed'}
            actions={actions}
            copy={renderCopy({ session, whose, describedBy: `${id}-who ${id}-life`, onTrouble: tell })}
          />
        </Cell>
      </tr>
      {(moment.why !== null || rest) && (
        <tr className="border-t-0! pt-0!">
          <td data-card="hidden" className="border-t-0" />
          <td colSpan={sessionColumns.length - 1} data-card="wide" className="border-t-0 pt-0">
            {moment.why !== null && <p className="text-sm text-ink-2">{moment.why}</p>}
            {note && rest && <RowNote tone={note.tone}>{rest}</RowNote>}
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
    before.session.stored === after.session.stored &&
    before.providerName === after.providerName &&
    before.connectionName === after.connectionName &&
    before.alike === after.alike &&
    before.rowIndex === after.rowIndex &&
    before.provider === after.provider &&
    before.signInHref === after.signInHref &&
    before.renderCopy === after.renderCopy,
);

const colours = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' } as const;
const marks = { ok: 'ready', warn: 'attention', bad: 'bad' } as const;

/** The answer to the last thing that a person did here. */
function RowNote({ tone, children }: { readonly tone: Note['tone']; readonly children: string }) {
  return (
    <p className="text-sm text-ink-2">
      <span className={`mr-1.5 inline-block ${colours[tone]}`}>
        <span className="mark" data-mark={marks[tone]} aria-hidden="true" />
      </span>
      {children}
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
