/**
 * A sign-in that was taking a slot while its page was left. The gateway ran it to its end and keeps the answer for 120 s
 * under its nonce, so the page's next start can end a session that nobody else knows of.
 */
import { number, object, text, type Shape } from '../lib/shape.ts';
import { askOutcome } from './ask-outcome.ts';
import type { Hands, SlotCall } from './hands.ts';

export const slotCallShape: Shape<SlotCall> = object({
  connection: text,
  provider: text,
  baseUrl: text,
  way: text,
  nonce: text,
  boot: text,
  sentAtMs: number,
});

/** Ends what it opened, where it opened something, and says what became of it. */
export async function endLeftSignIn(hands: Hands, call: SlotCall): Promise<void> {
  const found = await askOutcome(hands, call);
  const connection = await hands.connection(call.connection);
  const where = connection?.name ?? call.connection;
  const left = `This page was left during a sign-in at ${where}.`;
  if (found.state === 'not-sent') {
    hands.announce(`${left} It was not sent.`);
    return;
  }
  if (found.state === 'lost' || !connection) {
    hands.announce(
      `${left} Its answer is lost, so a session may be open there; it holds its place until it has been idle for long enough.`,
    );
    return;
  }
  const provider = await hands.provider(call.provider);
  const way = provider.signIn.find(({ id }) => id === call.way);
  const read = way?.kind === 'form' ? way.read(found.reply, {}, connection) : undefined;
  if (!read?.ok) {
    hands.announce(`${left} The server refused it: no session was opened.`);
    return;
  }
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
      : `${left} It opened a session, which could not be logged out; it holds its place until it has been idle for long enough.`,
  );
}
