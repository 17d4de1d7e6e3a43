import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Provider } from '../providers/contract.ts';
import type { Tokens } from '../providers/tokens.ts';
import { endRefused } from './send-log-out.ts';
import type { Hands } from './hands.ts';

interface Issued {
  readonly provider: Provider;
  readonly connection: Connection;
  readonly way: string;
  readonly tokens: Tokens;
}

/**
 * Ends a token that a sign-in brought and that the server then took for nobody's: once, where the vendor has a call for
 * it. Gives the refusal together with what became of the token.
 */
export async function takeBack(hands: Hands, issued: Issued, refusal: Failure): Promise<Failure> {
  const { provider, connection, way, tokens } = issued;
  const signIn = provider.signIn.find(({ id }) => id === way);
  const operation = signIn && provider.operations[signIn.operation];
  if (operation?.effect === 'read') return refusal;
  const face = provider.sessionFace(way);
  const fate = face.logOut ? await endRefused(hands, provider, face.logOut, connection, tokens) : 'no-call';
  // Of the question whose token it is that is true, and not of the sign-in.
  const advice = refusal.next.replace(/^Nothing took effect\. ?/, '');
  if (fate === 'ended') {
    return { ...refusal, next: `A token was issued before that, and was ended again at once. ${advice}`.trimEnd() };
  }
  const next = `A token was issued before that, and ${whyLeft(fate, refusal)}. Nobody holds it here; it lives until the server ends it. ${advice}`;
  return { ...refusal, happened: 'unknown', next: next.trimEnd() };
}

function whyLeft(fate: 'no-call' | Failure, refusal: Failure): string {
  if (fate === 'no-call') return 'this vendor has no call that ends it';
  if (fate.code === refusal.code) return 'the server refused to end it again, for the same reason';
  return `ending it again failed: ${fate.sentence.replace(/\.$/, '')}`;
}
