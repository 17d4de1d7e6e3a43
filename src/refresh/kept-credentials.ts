/** Credentials that a person chose to keep for minting again, and what happens to their tokens when they go. */
import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { FormValues, SignInWay } from '../providers/sign-in-way.ts';
import type { Credential } from '../sessions/credential.ts';
import { StorageFault } from '../sessions/record-store.ts';
import { credentialDead, type SignInNeeded } from '../sessions/record.ts';
import { disown, dropCredential, refuse } from '../sessions/ending-steps.ts';
import type { Transition } from '../sessions/transitions.ts';
import type { Hands } from './hands.ts';
import { probeToken } from './probe-token.ts';

/**
 * False where this browser's storage does not take it: the token that it opens is stored all the same, and everybody at
 * the console is told.
 */
export async function keepCredential(
  hands: Hands,
  {
    provider,
    connection,
    way,
  }: { readonly provider: Provider; readonly connection: Connection; readonly way: SignInWay },
  { id, label, values }: { readonly id: string; readonly label: string; readonly values: FormValues },
): Promise<boolean> {
  // Of one credential the first record stays: minting for a second project keeps nothing new.
  const credential: Credential = {
    id,
    connection: connection.id,
    provider: provider.id,
    baseUrl: connection.baseUrl,
    way: way.id,
    label,
    values,
    keptAtMs: hands.nowMs(),
    revision: 0,
  };
  try {
    await hands.credentials.insert(credential);
    return true;
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    hands.announce(`${label} is not kept: this browser’s storage does not take it. Its token cannot be minted again.`);
    return false;
  }
}

/** Drops the credential here. Its tokens live on, and can no longer be minted again from here. */
export async function forgetCredential(hands: Hands, id: string): Promise<void> {
  await hands.credentials.delete(id);
  await changeAllOf(hands, id, dropCredential);
}

/**
 * The vendor no longer knows the credential: all its sessions say so at once, and it is dropped here. Whether its tokens
 * died with it the server is asked afterwards, once for each.
 */
export async function buryCredential(hands: Hands, provider: Provider, id: string, word: SignInNeeded): Promise<void> {
  const said = { ...word, code: credentialDead };
  await hands.credentials.delete(id);
  await changeAllOf(hands, id, disown(said));
  void dropDeadTokens(hands, provider, id, said);
}

async function dropDeadTokens(hands: Hands, provider: Provider, id: string, word: SignInNeeded): Promise<void> {
  for (const record of await sessionsOf(hands, id)) {
    const verdict = await probeToken(hands, provider, record);
    if (verdict === 'dead') await hands.repository.change(record.id, refuse(record.generation, word));
  }
}

const sessionsOf = async (hands: Hands, credential: string) =>
  (await hands.repository.list()).filter(({ lineage, ended }) => lineage.credential === credential && !ended);

async function changeAllOf(hands: Hands, credential: string, transition: Transition): Promise<void> {
  const theirs = await sessionsOf(hands, credential);
  await Promise.all(theirs.map(({ id }) => hands.repository.change(id, transition)));
}
