import { useConnections, useServices } from '../../console/use-services.ts';
import type { Provider } from '../../providers/contract.ts';
import { misplacedOf, type Misplaced } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlaceElsewhere } from '../../ui/place-elsewhere.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { livesOnWords } from './lives-on-words.ts';

interface ForgetDialogProps {
  readonly session: SessionView;
  readonly provider: Provider;
  readonly whose: string;
  readonly onForget: () => void;
  readonly onClose: () => void;
}

/** Forgetting cannot be undone: what is dropped here is kept nowhere. So it says first what lives on, and until when. */
export function ForgetDialog({ session, provider, whose, onForget, onClose }: ForgetDialogProps) {
  const { hands, surroundings } = useServices();
  const offsetMs = hands.offsetMs(session.connection);
  const connection = useConnections().find(({ id }) => id === session.connection);
  const { forgetting, carries, endsAt } = provider.sessionFace(session.lineage.way);
  return (
    <Dialog
      title={`Forget ${whose}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" onClick={onForget}>
            Forget
          </Button>
        </>
      }
    >
      <p>
        {carries === undefined ? 'Its tokens are' : `The ${carries} is`} dropped from this browser. Nothing is sent, and
        it cannot be undone.
      </p>
      <p>{forgetting ?? stays(session, provider, misplacedOf(session, surroundings()))}</p>
      {session.tokens && (
        <p className="font-semibold">
          <TickText text={(nowMs) => livesOnWords(session, carries ?? 'access token', offsetMs, nowMs)} />
        </p>
      )}
      {session.tokens && endsAt && (
        <PlaceElsewhere words={endsAt.words} page={connection && endsAt.page?.(connection)} />
      )}
      {session.lineage.kept && (
        <p>
          {session.lineage.label}, which made it, stays kept here. The page of {provider.name} lists it and forgets it.
        </p>
      )}
    </Dialog>
  );
}

function stays(session: SessionView, provider: Provider, misplaced: Misplaced | undefined): string {
  if (!session.tokens) return 'Nothing is left of it here but its name.';
  const slot = session.holdsSlot ? ' and goes on holding one of the limited sessions of its user' : '';
  const ending = misplaced
    ? `It cannot be logged out from here while ${misplacedReasons[misplaced]}.`
    : 'Log out ends it there.';
  return `The session stays open at ${provider.name}${slot} until the server ends it. ${ending}`;
}

const misplacedReasons: Readonly<Record<Misplaced, string>> = {
  'connection-gone': 'the operator’s file does not name its connection',
  'connection-elsewhere': 'its connection names another server',
};
