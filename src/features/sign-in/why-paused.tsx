import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import { Button } from '../../ui/button.tsx';
import { freedParts } from './freed-parts.ts';
import type { Desk, Pause } from './sign-in-desk.ts';
import { ANYBODY } from './stored-pause.ts';

interface WhyPausedProps {
  readonly desk: Desk;
  readonly connection: string;
  readonly pause: Pause;
  /** Whom the form is filled in for, by key. */
  readonly user: string;
  readonly onSend: () => void;
}

/**
 * Beside a button that a refusal at the limit pauses. Whoever is somebody else need not wait, and alone knows it; nor need
 * whoever made room, as far as anybody knows.
 */
export function WhyPaused({ desk, connection, pause, user, onSend }: WhyPausedProps) {
  const counts = useStore(useServices().slotCounts);
  const sessions = useSessions();
  if (pause.why !== 'limit') return null;
  const { of, fromMs } = pause;
  const mayBeAnother = user.startsWith('user:') && user !== of?.key;
  const { loggedOutSince } = freedParts.now() ?? {};
  const since = of?.key === user && loggedOutSince?.({ atMs: fromMs, user: of.name }, sessions, connection, counts);
  const mayBeFree = since && since.isSame && (since.slot === 'unknown' || since.slot === 'doubtful');
  return (
    <>
      {!pause.of && ': a sign-in was refused as it is where too many sessions are open.'}
      {(mayBeAnother || mayBeFree) && (
        <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Button
            size="small"
            onClick={() => {
              desk.state.setState(({ pauses }) => ({ pauses: { ...pauses, [ANYBODY]: { ...pause, except: user } } }));
              onSend();
            }}
          >
            {mayBeAnother ? 'Another user: sign in now' : 'Sign in anyway'}
          </Button>
          <span className="min-w-0 flex-1 basis-40 text-sm">
            {mayBeAnother ? 'For the account that was refused, under whichever name' : 'Where no slot is free'}, it
            counts as one more failed sign-in.
          </span>
        </span>
      )}
    </>
  );
}
