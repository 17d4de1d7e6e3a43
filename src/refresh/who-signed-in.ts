import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { SignedIn } from '../providers/sign-in-way.ts';
import type { Identity } from '../providers/tokens.ts';
import { isNamed, isSameName } from '../sessions/is-named.ts';
import type { Hands } from './hands.ts';

/**
 * One person by one name, whatever was typed: the name of a session of theirs that is held here, else the one that the
 * tokens tell, else the typed one. What else they are known by is kept with it. A refresh changes nothing about it.
 */
export async function whoSignedIn(
  hands: Hands,
  { provider, connection }: { readonly provider: Provider; readonly connection: Connection },
  { tokens, identity }: Pick<SignedIn, 'tokens' | 'identity'>,
): Promise<Identity> {
  // Here since before the call was sent. Where it is not, what was typed is all that is known.
  const face = await provider.serverSessions?.().catch(() => undefined);
  if (!face) return identity;
  const told = face.namesOf(tokens);
  const known = [told.name, identity.name, told.email].filter((name) => name !== undefined);
  const here = (await hands.repository.list()).filter((one) => one.connection === connection.id && !one.ended);
  const twin =
    here.find((one) => identity.id !== undefined && one.identity.id === identity.id) ??
    here.find((one) => isOfNoOtherId(one.identity, identity) && known.some((name) => isNamed(one.identity, name)));
  const name = twin?.identity.name ?? told.name ?? identity.name;
  const also = known.filter((one, at) => {
    return !isSameName(one, name) && known.findIndex((other) => isSameName(one, other)) === at;
  });
  return { ...identity, name, ...(also.length > 0 && { also }) };
}

/** Tokens of some clients name nobody: then the name decides. */
const isOfNoOtherId = (one: Identity, other: Identity): boolean => one.id === undefined || other.id === undefined;
