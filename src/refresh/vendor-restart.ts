/**
 * A vendor whose tokens all die when its server restarts: the first refused token is a reason to look after the others,
 * once, so that nobody finds them dead one by one.
 */
import type { Provider } from '../providers/contract.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { refuse } from '../sessions/transitions.ts';
import type { Hands } from './hands.ts';
import { refreshSession } from './refresh-session.ts';

/** A second restart within this time is found token by token, as each is used. */
const LOOK_AGAIN_AFTER_MS = 10 * 60_000;

const lookedAtMs = new WeakMap<Hands, Map<string, number>>();

/** Probes the other sessions of this connection; each dead one is minted again once, or says that it needs a sign-in. */
export async function lookAfterRestart(hands: Hands, provider: Provider, found: SessionRecord): Promise<void> {
  const looked = lookedAtMs.get(hands) ?? new Map<string, number>();
  lookedAtMs.set(hands, looked);
  const nowMs = hands.nowMs();
  if (nowMs - (looked.get(found.connection) ?? -Infinity) < LOOK_AGAIN_AFTER_MS) return;
  looked.set(found.connection, nowMs);

  const face = provider.sessionFace(found.lineage.way);
  const restart = face.refresh?.kind === 'mint-again' ? face.refresh.restart : undefined;
  if (!restart) return;
  const others = (await hands.repository.list()).filter(
    ({ id, connection, tokens, ended }) => connection === found.connection && id !== found.id && tokens && !ended,
  );
  const counts = { died: 1, minted: 1 };
  for (const record of others) {
    if ((await verdictOf(hands, provider, record)) !== 'dead') continue;
    counts.died += 1;
    if (await mintedAgain(hands, record)) counts.minted += 1;
  }
  hands.announce(`${restart.sentence} ${summary(counts)}`);
}

async function verdictOf(hands: Hands, provider: Provider, record: SessionRecord) {
  const { probe } = provider.sessionFace(record.lineage.way);
  const connection = await hands.connection(record.connection);
  if (!connection || !record.tokens) return 'unknown';
  const reply = await hands.caller.call({
    connection: connection.id,
    operation: probe.operation,
    effect: 'read',
    baseUrl: record.baseUrl,
    params: probe.params(record.tokens, connection),
  });
  return probe.read(reply).verdict;
}

async function mintedAgain(hands: Hands, record: SessionRecord): Promise<boolean> {
  const done = record.lineage.kept ? await refreshSession(hands, record.id, 'person') : undefined;
  if (done?.kind === 'refreshed' || done?.kind === 'adopted') return true;
  const word = {
    sinceMs: hands.nowMs(),
    code: 'died-in-restart',
    sentence: 'The vendor’s server no longer knows this token.',
  };
  await hands.repository.change(record.id, refuse(record.generation, word));
  return false;
}

function summary({ died, minted }: { readonly died: number; readonly minted: number }): string {
  const tokens = (count: number): string => (count === 1 ? '1 token' : `${String(count)} tokens`);
  if (died === minted) return `${tokens(died)} died and ${died === 1 ? 'was' : 'were'} minted again.`;
  return `${tokens(died)} died, ${String(minted)} of them minted again; the others need a sign-in.`;
}
