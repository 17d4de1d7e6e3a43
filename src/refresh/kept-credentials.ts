/** Credentials that a person chose to keep for minting again, and what happens to their tokens when they go. */
import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { FormValues, SignInWay } from '../providers/sign-in-way.ts';
import type { SignInNeeded } from '../sessions/record.ts';
import { disown, dropCredential, type Transition } from '../sessions/transitions.ts';
import type { Hands } from './hands.ts';

export async function keepCredential(
  hands: Hands,
  {
    provider,
    connection,
    way,
  }: { readonly provider: Provider; readonly connection: Connection; readonly way: SignInWay },
  { id, label, values }: { readonly id: string; readonly label: string; readonly values: FormValues },
): Promise<void> {
  // Of one credential the first record stays: minting for a second project keeps nothing new.
  await hands.credentials.insert({
    id,
    connection: connection.id,
    provider: provider.id,
    baseUrl: connection.baseUrl,
    way: way.id,
    label,
    values,
    keptAtMs: hands.nowMs(),
    revision: 0,
  });
}

/** Drops the credential here. Its tokens live on, and can no longer be minted again from here. */
export async function forgetCredential(hands: Hands, id: string): Promise<void> {
  await hands.credentials.delete(id);
  await changeAllOf(hands, id, dropCredential);
}

/** The vendor no longer knows the credential: all its sessions say so at once, and it is dropped here. */
export async function buryCredential(hands: Hands, id: string, word: SignInNeeded): Promise<void> {
  await hands.credentials.delete(id);
  await changeAllOf(hands, id, disown(word));
}

async function changeAllOf(hands: Hands, credential: string, transition: Transition): Promise<void> {
  const records = await hands.repository.list();
  const theirs = records.filter(({ lineage }) => lineage.credential === credential);
  await Promise.all(theirs.map(({ id }) => hands.repository.change(id, transition)));
}
