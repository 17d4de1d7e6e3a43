/** The end of a place that may have been held. Pure. */
import type { SessionRecord } from './record.ts';
import type { Transition } from './transitions.ts';

/** A person found it over, where nothing here can. What ends it is never dropped like that. */
export const strikeOff: Transition = ({ leftover, ...rest }) =>
  leftover && leftover.refreshToken === undefined ? rest : 'not-wanted';

/** By then it was certainly open: a list that was asked for later would have named it. */
export const leftAtMs = ({ ended, signInNeeded, openedAtMs }: SessionRecord): number =>
  Math.max(openedAtMs, ended?.atMs ?? signInNeeded?.sinceMs ?? openedAtMs);

/** The server lists the session of that name no more. One that was refreshed after all holds its place, and keeps it. */
export const freePlace =
  (serverSessionId: string): Transition =>
  (record) => {
    const { leftover, ...rest } = record;
    return leftover?.serverSessionId === serverSessionId ? rest : 'moved';
  };
