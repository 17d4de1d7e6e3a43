import type { SlotCount } from '../../console/slot-counter.ts';
import { useServices } from '../../console/use-services.ts';
import { formatMoment } from '../../lib/format-time.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import type { Ending } from './use-ending.ts';

interface LockNoteProps {
  readonly count: SlotCount;
  readonly ending: Ending;
  readonly mayChange: boolean;
}

/** What stands in the way of a person who was looked up, and of whoever looks. */
export function LockNote(props: LockNoteProps) {
  return (
    <>
      <Lock {...props} />
      {!props.mayChange && (
        <p className="text-ink-2">
          These rights are to look: nothing can be ended or unlocked with them. Whoever may manage users can do that.
        </p>
      )}
    </>
  );
}

/** Whether failed sign-ins locked the account: a locked one answers like a wrong password. */
function Lock({ count: counted, ending, mayChange }: LockNoteProps) {
  const { hands } = useServices();
  const { lock, lockFailure, person, connection, countedAtMs, name } = counted;
  if (person?.enabled === false) {
    return (
      <Band tone="bad" title={`The account of ${name} is disabled.`}>
        An administrator has to enable it.
      </Band>
    );
  }
  if (!lock) {
    return (
      <p className="text-warn">
        Whether {name} is locked out is not known. {lockFailure?.sentence} A locked account refuses the right password
        too, and a further try can prolong the lock: Recount first.
      </p>
    );
  }
  if (!lock.locked) {
    const failed =
      lock.failures === 0 ? 'no failed sign-in counted' : `${String(lock.failures)} failed sign-ins counted`;
    return <p className="text-ink-2">Not locked, {failed}.</p>;
  }
  const untilMs = lock.untilMs === undefined ? undefined : lock.untilMs - hands.offsetMs(connection);
  return (
    <Band
      tone="bad"
      title={`${name} is locked out after ${String(lock.failures)} failed sign-ins.`}
      action={
        mayChange && (
          <Button size="small" busy={ending.busy} onClick={() => void ending.unlock(counted)}>
            Unlock
          </Button>
        )
      }
    >
      {untilMs === undefined
        ? 'No time lifts it: somebody has to.'
        : `Until ${formatMoment(untilMs, countedAtMs ?? untilMs)}. The right password fails as well until then.`}
    </Band>
  );
}
