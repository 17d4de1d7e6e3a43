import { Button } from '../../ui/button.tsx';
import type { Desk, Pause } from './sign-in-desk.ts';
import { ANYBODY } from './stored-pause.ts';

interface WhyPausedProps {
  readonly desk: Desk;
  readonly pause: Pause;
  /** Whom the form is filled in for, by key. */
  readonly user: string;
  readonly onSend: () => void;
}

/** Beside a button that a refusal at the limit pauses. Whoever is somebody else need not wait, and alone knows it. */
export function WhyPaused({ desk, pause, user, onSend }: WhyPausedProps) {
  if (pause.why !== 'limit') return null;
  const mayBeAnother = user.startsWith('user:') && user !== pause.of?.key;
  return (
    <>
      {!pause.of && ': a sign-in was refused as it is where too many sessions are open.'}
      {mayBeAnother && (
        <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Button
            size="small"
            onClick={() => {
              desk.state.setState(({ pauses }) => ({ pauses: { ...pauses, [ANYBODY]: { ...pause, except: user } } }));
              onSend();
            }}
          >
            Another user: sign in now
          </Button>
          <span className="min-w-0 flex-1 basis-40 text-sm">
            For the account that was refused, under whichever name, it counts as one more failed sign-in.
          </span>
        </span>
      )}
    </>
  );
}
