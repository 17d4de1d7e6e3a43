/** What a server's list, asked for after a log out, says of the session that was logged out. Pure. */
import type { SessionRecord } from './record.ts';
import type { Transition } from './transitions.ts';

/** The server accepted the log out and still lists it: it holds its place, and nothing here ends it but that list. */
export const foundListed: Transition = (record) =>
  !record.ended?.place || record.leftover ? 'not-wanted' : { ...record, leftover: record.ended.place };

export const foundGone: Transition = ({ leftover, ...record }) =>
  record.ended?.place && leftover ? record : 'not-wanted';

/** The server's name of a session that was logged out from here before that time; undefined for any other. */
export const loggedOutBefore = ({ ended }: Pick<SessionRecord, 'ended'>, atMs: number): string | undefined =>
  ended?.how === 'logged-out' && ended.atMs <= atMs ? ended.place?.serverSessionId : undefined;
