import { fail, type Result } from '../lib/result.ts';
import type { Failure } from './failure.ts';
import type { Operation, Operations, Params } from './operation.ts';

const MASK = '•••';
/** A shorter one would take parts of ordinary words out of the sentence. */
const LENGTH_MIN = 4;

/**
 * The failure without the secrets that the call carried. A server may quote what it was sent; what looks like a key is
 * masked by its looks, but a password looks like a word, and only the call itself tells that it is one.
 */
export function withoutSentSecrets(failure: Failure, operation: Operation, params: Params): Failure {
  if (failure.serverSaid === undefined) return failure;
  const secrets = Object.entries(params).flatMap(([name, value]) =>
    operation.params[name]?.secret && typeof value === 'string' && value.length >= LENGTH_MIN ? [value] : [],
  );
  // As it stands, and as it stands in an address or a form.
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  // A longer one first: it may hold a shorter one.
  const longestFirst = forms.sort((one, other) => other.length - one.length);
  return { ...failure, serverSaid: longestFirst.reduce(maskIn, failure.serverSaid) };
}

/** The same for what a call gave, whatever it gave: every reading of a reply passes through here. */
export function discreet<Value>(
  result: Result<Value, Failure>,
  operations: Operations,
  name: string,
  params: Params,
): Result<Value, Failure> {
  const operation = operations[name];
  return result.ok || !operation ? result : fail(withoutSentSecrets(result.failure, operation, params));
}

function maskIn(said: string, secret: string): string {
  const masked = said.replaceAll(secret, MASK);
  if (!masked.endsWith('…')) return masked;
  // What the server said was cut, perhaps within the secret.
  for (let length = secret.length - 1; length >= LENGTH_MIN; length -= 1) {
    const part = `${secret.slice(0, length)}…`;
    if (masked.endsWith(part)) return `${masked.slice(0, -part.length)}${MASK}…`;
  }
  return masked;
}
