/** What can be done about something, with what is at hand in this console. */
import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { Ending, Means, Thing } from '../providers/ending.ts';
import { fingerprintOf } from '../providers/fingerprint.ts';
import type { Guide } from '../providers/guide.ts';
import type { KeysFace } from '../providers/keys-face.ts';
import type { Hands } from '../refresh/hands.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { factsOf } from './create-item.ts';
import type { WantedThing } from './wanted.ts';

export interface Offer {
  readonly wanted: WantedThing;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly noun: string;
  /** With what this console knows of it: the session that carries it, and those that were minted with it. */
  readonly thing: Thing;
  readonly means: Means;
  /** Best first. Empty: `routes` say who has a way. */
  readonly endings: readonly Ending[];
  /** Null where there is nothing to try it with. */
  readonly check: Ending | null;
  readonly routes: readonly Guide[];
}

/** Null where the connection is gone from the operator's file, or the gateway is away. Nothing is sent to a vendor. */
export async function offerOf(hands: Hands, wanted: WantedThing): Promise<Offer | null> {
  const provider = await hands.provider(wanted.provider);
  const [keys, connection] = await Promise.all([provider.keys?.(), hands.connection(wanted.connection)]);
  if (!keys || !connection) return null;
  const alive = (await hands.repository.list()).filter((one) => one.connection === connection.id && isAlive(one));
  const carrier = await carrierOf(keys, wanted, alive);
  const thing = {
    ...wanted.thing,
    session: carrier?.id ?? wanted.thing.session,
    minted: wanted.thing.minted.length > 0 ? wanted.thing.minted : mintedWith(wanted.thing, alive),
  };
  const base = {
    secret: carrier !== undefined || wanted.from !== undefined || Object.keys(wanted.secrets ?? {}).length > 0,
    selfUse: connection.selfUse !== false,
  };
  const meansBy = (session: SessionRecord | undefined): Means => ({
    ...base,
    session: session ? factsOf(session) : null,
    own: session !== undefined && session.id === carrier?.id,
  });
  const asked = carrier ? [carrier] : wanted.by === null ? [] : inOrder(alive, wanted);
  const means = best(asked.map(meansBy), (one) => keys.endings(thing, one, connection)) ?? meansBy(undefined);
  return {
    ...{ wanted, provider, connection, thing, means },
    noun: keys.kinds.find(({ kind }) => kind === thing.kind)?.noun ?? thing.kind,
    endings: keys.endings(thing, means, connection),
    check: keys.check(thing, means, connection),
    routes: keys.routes(thing, connection),
  };
}

const isAlive = ({ tokens, ended, signInNeeded }: SessionRecord): boolean => tokens !== null && !ended && !signInNeeded;

/** The session whose own key or token it is: asked with it, the console cuts the branch it sits on, and so last. */
async function carrierOf(
  keys: KeysFace,
  { thing }: WantedThing,
  sessions: readonly SessionRecord[],
): Promise<SessionRecord | undefined> {
  for (const session of sessions) {
    if (session.id === thing.session) return session;
    if (!session.tokens) continue;
    const carried = keys.thingOfSession(factsOf(session), session.tokens);
    if (carried?.kind !== thing.kind) continue;
    if (carried.id !== null && carried.id === thing.id) return session;
    for (const secret of Object.values(keys.secretsOf(thing.kind, session.tokens))) {
      if (thing.fingerprint !== null && (await fingerprintOf(secret)) === thing.fingerprint) return session;
    }
  }
  return undefined;
}

/** By the name that both carry: a key that was pasted is named as the sessions that were opened with it are. */
const mintedWith = ({ name }: Thing, sessions: readonly SessionRecord[]): readonly string[] =>
  sessions.filter(({ lineage }) => lineage.label === name).map(({ id }) => id);

/** The one that listed it, then those of the same person, then the newest. */
function inOrder(sessions: readonly SessionRecord[], { by, thing }: WantedThing): readonly SessionRecord[] {
  const named = new Set(Object.values(thing.facts));
  const rank = ({ id, identity }: SessionRecord): number =>
    id === by ? 2 : identity.id !== undefined && named.has(identity.id) ? 1 : 0;
  return [...sessions].sort((one, other) => rank(other) - rank(one) || other.openedAtMs - one.openedAtMs);
}

/** The first that has the most ways. */
function best(all: readonly Means[], endingsWith: (means: Means) => readonly Ending[]): Means | undefined {
  const counted = all.map((means) => ({ means, count: endingsWith(means).length }));
  const most = Math.max(...counted.map(({ count }) => count));
  return counted.find(({ count }) => count === most)?.means;
}

/** As a person knows it again: "Tuleap access key no. 26". `noun` is left out where the name has it already. */
export function titleOf(provider: string, noun: string, { name }: Pick<Thing, 'name'>): string {
  return name.toLowerCase().includes(noun.toLowerCase()) ? `${provider} ${name}` : `${provider} ${noun} ${name}`;
}
