/** What is asked before a sign-in is sent. */
import type { Services } from '../../console/services.ts';
import { isNamed, mayBeNamed } from '../../sessions/is-named.ts';
import { knownParts } from './known-parts.ts';
import { openAt, type Doubt, type Job } from './sign-in-desk.ts';

/** After this many failures in a row for one user the page asks first: a locked account answers as a wrong password does. */
const FAILURES_BEFORE_ASKING = 3;

/** `failed`: how many sign-ins of this user in a row. */
export function doubtsOf(services: Services, job: Job, failed: number): readonly Doubt[] {
  const { name } = job.user;
  const open = job.what === 'sign-in' ? openAt(services.state.getState().sessions, job.connection) : [];
  const same = open.find(({ identity }) => isNamed(identity, name));
  const perhaps = same ? undefined : open.find((one) => one.holdsSlot && mayBeNamed(one.identity, name));
  return [
    ...(knownParts.now()?.limitDoubts(services, job) ?? []),
    ...(same ? [{ kind: 'open-session', sessionId: same.id, name: same.identity.name } as const] : []),
    ...(perhaps && name !== null
      ? [{ kind: 'perhaps-open', sessionId: perhaps.id, name: perhaps.identity.name, typed: name } as const]
      : []),
    ...(failed >= FAILURES_BEFORE_ASKING ? [{ kind: 'many-failures', name, count: failed } as const] : []),
  ];
}
