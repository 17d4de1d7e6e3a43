/** What a person can do with a session, each with its answer in words. Loaded when first needed. */
import type { Services } from '../../console/services.ts';
import { isNotFetched, partMissing } from '../../lib/later.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { SessionFace } from '../../providers/session-face.ts';
import * as ending from '../../refresh/end-session.ts';
import { reclaimSlots } from '../../refresh/reclaim-slots.ts';
import { refreshAndLook } from '../../refresh/refresh-and-look.ts';
import { storageSays, whereRefused } from '../../refresh/storage-refuses.ts';
import type { SessionView } from '../../sessions/record.ts';
import { StorageFault } from '../../sessions/record-store.ts';
import { checkNote, failureNote, loggedOutNote, refreshNote, type Note } from './action-words.ts';
import { checkSession } from './check-session.ts';

export interface Subject {
  readonly session: SessionView;
  /** "OCP production", with the time of opening where another session reads the same. */
  readonly where: string;
}

export type Doing = keyof typeof acts;

/** Never rejects: what it met on the way is said. */
export async function perform(what: Doing, services: Services, subject: Subject): Promise<Note> {
  const lastBefore = lastCallOf(services);
  try {
    return await acts[what](services, subject);
  } catch (error) {
    const { connection } = subject.session;
    const { calls } = services.state.getState();
    return faultNote(
      error,
      calls.some((call) => call.id > lastBefore && call.connection === connection),
    );
  }
}

/** A step that came to no end of its own: why, whether it took effect, what to do. */
export function faultNote(error: unknown, sent = false): Note {
  if (isNotFetched(error) && !sent) return partMissing('sent');
  const trouble = error instanceof StorageFault ? error.trouble : null;
  const became = sent
    ? 'A call was sent, and Activity says how it was answered. What this page shows of the session may be older.'
    : `Nothing was ${trouble ? 'changed, and nothing was ' : ''}sent.`;
  return {
    tone: 'bad',
    sentence: trouble ? storageSays(trouble) : 'This page failed while it worked on this.',
    more: `${became} ${trouble ? whereRefused(trouble) : 'Try again.'}`,
  };
}

export async function refresh({ hands, nowMs }: Services, { session }: Subject): Promise<Note> {
  const done = await refreshAndLook(hands, session.id, 'person');
  return refreshNote(done, nowMs(), (connection) => hands.offsetMs(connection));
}

export async function check({ hands }: Services, { session }: Subject): Promise<Note> {
  const checked = await checkSession(hands, session.id);
  if (!checked.ok) return failureNote(checked.failure);
  const { carries = 'access token' } = (await hands.provider(session.provider)).sessionFace(session.lineage.way);
  const { verdict, evidence, replaced, fate } = checked.value;
  const subject = { what: carries, refreshable: session.tokens?.refreshable ?? false, replaced, fate };
  return checkNote(verdict, evidence, subject);
}

async function forget({ hands }: Services, { session, where }: Subject): Promise<Note> {
  await ending.forget(hands, session.id);
  return { tone: 'ok', sentence: `Forgot ${session.identity.name}, ${where}`, more: 'Only here: nothing was sent.' };
}

export async function logOut(services: Services, { session, where }: Subject): Promise<Note> {
  const { hands } = services;
  const { logOut: face } = (await hands.provider(session.provider)).sessionFace(session.lineage.way);
  const lastBefore = lastCallOf(services);
  const done = await ending.logOut(hands, session.id);
  if (!done.ok) return failureNote(done.failure);
  // What the same user left behind here goes with it. What is not freed now stays in its list.
  void reclaimSlots(
    hands,
    (one) => one.connection === session.connection && one.identity.name === session.identity.name,
  ).catch(() => undefined);
  return loggedOutNote({
    who: session.identity.name,
    where,
    answer: statusOfLogOut(services, session, face, lastBefore),
    evidence: done.value?.ended?.evidence ?? null,
    survives: face?.survives ?? '',
    remains: face?.remains,
    accessEndsAtMs: session.tokens
      ? endsAtMs(session.tokens.accessExpiry, hands.offsetMs(session.connection))
      : undefined,
    nowMs: services.nowMs(),
  });
}

const acts = { refresh, check, forget, logOut };

const lastCallOf = ({ state }: Services): number => state.getState().calls[0]?.id ?? -1;

/** The vendor's status, as the list of calls has it; null where nothing was sent. */
function statusOfLogOut(
  { state }: Services,
  session: SessionView,
  face: SessionFace['logOut'],
  lastBefore: number,
): number | null {
  const sent = state
    .getState()
    .calls.find(
      ({ id, operation, connection }) =>
        id > lastBefore && operation === face?.operation && connection === session.connection,
    );
  return sent?.status ?? null;
}
