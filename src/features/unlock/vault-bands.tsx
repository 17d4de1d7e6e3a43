import { useState } from 'react';
import { useConnections, useKeeping, useServices, useSessions } from '../../console/use-services.ts';
import { Band } from '../../ui/band.tsx';
import type { StorageTrouble } from '../../sessions/record-store.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from './failure-words.ts';
import { unstoredSentence } from './unstored-words.ts';

/** What is wrong with what is kept, for as long as it is wrong. */
export function VaultBands() {
  const { trouble: told, outside, held, damaged } = useKeeping();
  // Something small may still go in: it is over when nothing waits any more.
  const trouble = told ?? (held > 0 ? 'full' : null);
  const { vault } = useServices();
  const [forgetting, setForgetting] = useState(false);

  async function forget(): Promise<void> {
    setForgetting(true);
    await (await vault?.load())?.forgetDamaged();
    setForgetting(false);
  }

  return (
    <>
      {trouble !== null && (
        <Band tone="bad" title={failureWords(trouble).title} alerts>
          <Consequence trouble={trouble} held={held} />
        </Band>
      )}
      {outside !== null && (
        <Band tone="bad" title="What is open in this tab could not move into the vault." alerts>
          {failureWords(outside).title} It stays in the memory of this tab, and a reload forgets it. {wayIn[outside]}
        </Band>
      )}
      {damaged > 0 && (
        <Band
          tone="warn"
          title={
            damaged === 1
              ? 'One record of the vault cannot be read. It is set aside.'
              : `${damaged} records of the vault cannot be read. They are set aside.`
          }
          action={
            <Button size="small" busy={forgetting} onClick={() => void forget()}>
              Delete {damaged === 1 ? 'it' : 'them'}
            </Button>
          }
        >
          Everything else is usable. What was in {damaged === 1 ? 'it' : 'them'} cannot be restored: sign in again where
          a session is missing.
        </Band>
      )}
    </>
  );
}

const AGAIN = 'is tried again by itself while another tab has the vault open.';
const ANEW = 'To have it kept, sign in again in a new tab.';

const wayIn: Readonly<Record<StorageTrouble, string>> = {
  full: `Make room on this disk: it ${AGAIN}`,
  lost: `It ${AGAIN}`,
  superseded: ANEW,
  newer: ANEW,
};

interface ConsequenceProps {
  readonly trouble: StorageTrouble;
  /** Answers that wait in memory, those of sessions counted. */
  readonly held: number;
}

function Consequence({ trouble, held }: ConsequenceProps) {
  const { hands, nowMs } = useServices();
  const connections = useConnections();
  const unstored = useSessions().filter(({ stored }) => stored !== undefined);
  if (held === 0) {
    if (trouble === 'lost')
      return 'Nothing is refreshed until it does, and what is kept may not be readable, nor its tokens copied. Nothing stored was lost. It is asked again by itself.';
    return trouble === 'superseded' || trouble === 'newer'
      ? 'Nothing is refreshed in this tab any more, and nothing stored was lost. Reload this page.'
      : 'Nothing is refreshed until it does. Tokens that are still good can be copied, and nothing stored was lost.';
  }
  const others = held - unstored.length;
  const waits = others === 1 ? 'One answer waits' : `${others} answers wait`;
  return (
    <>
      {unstored.map((session) => (
        <p key={session.id}>
          {unstoredSentence(session, trouble, {
            nowMs: nowMs(),
            offsetMs: hands.offsetMs(session.connection),
            connectionName: connections.find(({ id }) => id === session.connection)?.name ?? session.connection,
          })}
        </p>
      ))}
      {others > 0 && (
        <p>{waits} in the memory of this tab until it can be stored. Do not close this tab. It goes on by itself.</p>
      )}
    </>
  );
}
