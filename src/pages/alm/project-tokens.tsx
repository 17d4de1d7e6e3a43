import { useCallback, type ReactNode } from 'react';
import { useServices } from '../../console/use-services.ts';
import { credentialWords, lineageWords } from '../../features/sessions/lineage-words.ts';
import { stateOf } from '../../features/sessions/session-words.ts';
import { useMoment } from '../../features/sessions/use-moment.ts';
import { useOpened } from '../../features/sessions/use-opened.ts';
import { formatMoment } from '../../lib/format-time.ts';
import { alm } from '../../providers/alm/index.ts';
import { accessEndsAtMs } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { State } from '../../ui/state.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { byCredential, deadTokens, type MintedWith } from './minted-with.ts';
import { useTrial } from './use-trial.ts';

interface ProjectTokensProps {
  readonly sessions: readonly SessionView[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** The tokens under the key or password that minted them: whoever deletes the key ends what stands under it. */
export function ProjectTokens({ sessions, chosen, onChoose }: ProjectTokensProps) {
  const groups = byCredential(sessions);
  const dead = deadTokens(sessions);
  return (
    <Panel title="Project tokens" note={String(sessions.length)} flush>
      {groups.map((group) => (
        <section
          key={group.credential}
          aria-label={`Minted with ${nameOf(group, sessions)}`}
          className="border-t border-line first:border-t-0"
        >
          <GroupHead group={group} all={sessions} />
          <ul>
            {group.sessions.map((session) => (
              <OneToken
                key={session.id}
                session={session}
                alike={group.sessions.some(
                  ({ id, identity }) => id !== session.id && identity.name === session.identity.name,
                )}
                chosen={session.id === chosen}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </section>
      ))}
      <p className="border-t border-line px-3.5 py-2.25 text-sm text-ink-3">
        {dead > 0 &&
          `${dead === 1 ? 'One token is dead and takes' : `${String(dead)} tokens are dead and take`} a new sign-in. `}
        A restart of the ALM Server ends every token at once. A kept key mints them again; a password is never kept. Try
        it sends GET …/issues?per_page=1 with the token.
      </p>
    </Panel>
  );
}

const nameOf = ({ label, sessions: [first] }: MintedWith, all: readonly SessionView[]): string =>
  first ? credentialWords(first, alm, all) : label;

interface GroupHeadProps {
  readonly group: MintedWith;
  readonly all: readonly SessionView[];
}

function GroupHead({ group: { label, sessions }, all }: GroupHeadProps) {
  const [first] = sessions;
  const words = first ? lineageWords(first, alm, all) : label;
  return (
    <h3 className="flex flex-wrap items-baseline gap-x-2 bg-sunk px-3.5 py-1.5 text-sm text-ink-2">
      Minted with <span className="font-semibold text-ink">{words}</span>
    </h3>
  );
}

interface OneTokenProps {
  readonly session: SessionView;
  /** Another token of the same project stands under the same key. */
  readonly alike: boolean;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

function OneToken({ session, alike, chosen, onChoose }: OneTokenProps) {
  const { hands } = useServices();
  const moment = useMoment(session);
  const trial = useTrial(session);
  const state = stateOf(moment, session);
  const opened = useOpened(session.openedAtMs, alike);
  const name = opened === undefined ? session.identity.name : `${session.identity.name}, ${opened}`;
  const endMs = accessEndsAtMs(session, hands.offsetMs(session.connection));
  const until = useCallback(
    (nowMs: number) =>
      endMs === undefined ? '' : `${endMs > nowMs ? 'until' : 'ended'} ${formatMoment(endMs, nowMs)}`,
    [endMs],
  );
  return (
    <li className="grid gap-1 border-t border-line px-3.5 py-2.25">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Chooser chosen={chosen} onChoose={() => onChoose(session.id)}>
          {name}
        </Chooser>
        <span className="text-sm text-ink-3">{endMs !== undefined && <TickText text={until} />}</span>
        <State kind={state.kind}>{state.word}</State>
        <Button
          size="small"
          busy={trial.running}
          disabled={session.tokens === null}
          aria-label={`Try the token of ${name}`}
          onClick={trial.run}
        >
          Try it
        </Button>
      </div>
      <span role="status" className="text-sm text-ink-2 empty:hidden">
        {trial.words}
      </span>
    </li>
  );
}

interface ChooserProps {
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** The one that is looked at is the heavy one. */
function Chooser({ chosen, onChoose, children }: ChooserProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      className={`min-w-0 flex-1 basis-40 cursor-pointer text-left wrap-anywhere ${chosen ? 'font-semibold text-ink' : 'text-ink-2 hover:text-ink'}`}
      onClick={onChoose}
    >
      {children}
    </button>
  );
}
