/**
 * A sign-in that was under way while its page was left. The gateway ran it to its end and keeps the answer for 120 s
 * under its nonce, so the page's next start can end a session that nobody else knows of.
 */
import { number, object, text, type Shape } from '../lib/shape.ts';
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { CodeSignIn, FormSignIn } from '../providers/sign-in-way.ts';
import type { Opened } from '../sessions/slot-ledger.ts';
import { askOutcome } from './ask-outcome.ts';
import type { Hands, SlotCall, VisitWait } from './hands.ts';

export const slotCallShape: Shape<SlotCall> = object({
  connection: text,
  provider: text,
  baseUrl: text,
  way: text,
  nonce: text,
  boot: text,
  sentAtMs: number,
});

const isSameName = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** `over`: it holds no place. `lost`: it may hold one, and nothing here frees it. */
export type Fate = 'over' | 'lost';

export const visitWaitShape: Shape<VisitWait> = object({ connection: text, wait: text });

/** Only the page that began it could have traded the code: it alone had the verifier. */
export async function sayLeftVisit(hands: Hands, { connection: id }: VisitWait): Promise<void> {
  const connection = await hands.connection(id);
  hands.announce(
    `This page was left or locked while it waited for the sign-in page of ${connection?.name ?? id}. Nothing was signed in here, and what comes back from there is of no use to anybody. Sign in again; if that page is still open in another tab, close it.`,
  );
}

/** Ends what it opened, where it opened something, and says what became of it. */
export async function endLeftSignIn(hands: Hands, call: SlotCall): Promise<Fate> {
  const found = await askOutcome(hands, call);
  const connection = await hands.connection(call.connection);
  const where = connection?.name ?? call.connection;
  const left = `This page was left during a sign-in at ${where}.`;
  const provider = await hands.provider(call.provider);
  if (found.state === 'not-sent') {
    hands.announce(`${left} It was not sent.`);
    return 'over';
  }
  if (found.state === 'lost' || !connection) {
    hands.announce(`${left} Its answer is lost, so a session may be open there; ${untilWhen(provider)}.`);
    return provider.slots === null ? 'over' : 'lost';
  }
  const way = provider.signIn.find(({ id }) => id === call.way);
  const read = way && way.kind !== 'check' ? readLate(way, found.reply, connection) : undefined;
  if (!read?.ok) {
    hands.announce(`${left} The server refused it: no session was opened.`);
    return 'over';
  }
  const { accessToken } = read.value.tokens;
  const records = await hands.repository.list();
  // Stored before the page went, and only the note was left: perhaps refreshed since, so its name decides as well.
  const isStored = records.some(
    ({ connection: at, tokens }) =>
      at === connection.id &&
      tokens !== null &&
      (tokens.accessToken === accessToken || isSameName(tokens.serverSessionId, read.value.tokens.serverSessionId)),
  );
  if (isStored) return 'over';
  const { logOut } = provider.sessionFace(call.way);
  const ended = logOut?.read(
    await hands.caller.call({
      connection: connection.id,
      operation: logOut.operation,
      effect: 'end',
      baseUrl: call.baseUrl,
      params: logOut.params(read.value.tokens, connection),
    }),
  );
  hands.announce(
    ended?.ok
      ? `${left} The session that it opened was logged out.`
      : `${left} It opened a session, which ${logOut ? 'could not be' : 'cannot be'} logged out; ${untilWhen(provider)}.`,
  );
  return ended?.ok || provider.slots === null ? 'over' : 'lost';
}

/** A session whose page is gone: whether the log out that it sent on leaving, if it came to that, took effect. */
export async function fateOfLeftSession(
  hands: Hands,
  call: Pick<SlotCall, 'connection' | 'provider' | 'way'>,
  { logOut: sent }: Opened,
): Promise<Fate> {
  const provider = await hands.provider(call.provider);
  const face = provider.sessionFace(call.way).logOut;
  const found = sent && (await askOutcome(hands, sent));
  if (found?.state === 'answered' && face?.read(found.reply).ok) return 'over';
  const where = (await hands.connection(call.connection))?.name ?? call.connection;
  const what = sent
    ? 'was left, and that its log out took effect is not certain'
    : 'is gone without having logged it out';
  hands.announce(`A page with a session at ${where} ${what}; ${untilWhen(provider)}.`);
  return 'lost';
}

const untilWhen = ({ slots }: Provider): string =>
  slots === null
    ? 'nobody holds its token, which lives until the server ends it'
    : 'it holds its place until it has been idle for long enough';

/** What was typed is gone, and the try's own names with it; the tokens are in the answer alone. */
function readLate(way: FormSignIn | CodeSignIn, reply: Reply, connection: Connection) {
  if (way.kind === 'form') return way.read(reply, {}, connection);
  return way.read(reply, {}, connection, { state: '', redirectUri: '', verifier: '', challenge: '' });
}
