/** From a key in the table to what a job needs: the thing, the means, the moves that the vendor offers, and the job itself. */
import type { Services } from '../../console/services.ts';
import type { Connection } from '../../http/envelope.ts';
import { randomName } from '../../lib/random.ts';
import type { Means, Thing } from '../../providers/ending.ts';
import type { KeysFace, Move } from '../../providers/keys-face.ts';
import type { FormValues } from '../../providers/sign-in-way.ts';
import { completeThing, itemOf, jobOf, type Seen } from '../../revocation/create-item.ts';
import type { PlacedThing } from '../../revocation/same-thing.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import type { SessionView } from '../../sessions/record.ts';
import { actorFor } from './askers.ts';
import type { KeyEntry } from './key-entry.ts';

export function thingOfEntry({ bare, row, carriedBy, minted }: KeyEntry): Thing {
  const fingerprint = row && row.fingerprint !== 'not-reported' ? row.fingerprint : null;
  return completeThing(bare, { fingerprint, session: carriedBy, minted });
}

/** The list that it was chosen from. */
export const seenOf = ({ asker, readAtMs }: KeyEntry): Seen | undefined =>
  asker !== null && readAtMs !== null ? { atMs: readAtMs, by: asker } : undefined;

/** By which a running job is found that has it in hand. */
export const placeOf = (entry: KeyEntry): PlacedThing => ({ connection: entry.connection, thing: thingOfEntry(entry) });

/** What is to be ended, with the secret where it is kept here: it goes to the sheet and into the job, and nowhere else. */
export async function wantedOf({ hands }: Services, face: KeysFace, entry: KeyEntry): Promise<WantedThing> {
  const { provider, connection, asker, readAtMs, keptAs } = entry;
  const kept = keptAs === null ? undefined : await hands.credentials.get(keptAs);
  const secrets = kept && face.maker ? face.maker.secrets(kept.values) : undefined;
  return {
    ...{ provider, connection, thing: thingOfEntry(entry) },
    ...(secrets && { secrets }),
    ...(asker && { by: asker }),
    ...(readAtMs !== null && { seenAtMs: readAtMs }),
  };
}

/** All things of one kind of a person, with those that this console knows. */
export const wholesaleOf = (
  { connection }: { readonly connection: Connection },
  face: KeysFace,
  asker: SessionView,
  entries: readonly KeyEntry[],
): WantedThing | null => {
  const { wholesale } = face;
  if (!wholesale?.ways.includes(asker.lineage.way)) return null;
  const known = entries.filter(
    ({ bare, connection: where, owner }) =>
      bare.kind === wholesale.of && where === connection.id && owner === asker.identity.name,
  );
  const minted = known.flatMap(({ carriedBy }) => (carriedBy === null ? [] : [carriedBy]));
  const thing = completeThing(wholesale.thing(factsOfView(asker)), { minted });
  return { provider: connection.provider, connection: connection.id, thing, by: asker.id };
};

const factsOfView = ({ id, lineage, identity, tokens }: SessionView) => ({
  ...{ id, identity, way: lineage.way },
  companions: tokens?.companions ?? {},
});

/** What a rotation is done with: never a secret that was pasted. */
export function meansFor(entry: KeyEntry, face: KeysFace, sessions: readonly SessionView[]): Means {
  const actor = actorFor(sessions, entry, face.list?.ways ?? []);
  return {
    session: actor && factsOfView(actor),
    secret: entry.carriedBy !== null,
    own: actor !== null && actor.id === entry.carriedBy,
    selfUse: true,
  };
}

export const movesOf = (
  entry: KeyEntry,
  { face, connection }: { readonly face: KeysFace; readonly connection: Connection },
  means: Means,
  values: FormValues,
): readonly Move[] => face.moves?.(thingOfEntry(entry), means, connection, values) ?? [];

interface MoveWish {
  readonly kind: 'rotate' | 'create';
  readonly title: string;
  readonly connection: Connection;
  readonly thing: Thing;
  readonly means: Means;
  readonly move: Move;
  readonly values: FormValues;
  readonly seen?: Seen | undefined;
}

/** Writes the job down, and starts it. False: one that runs has the key in hand. Rejects with a `StorageFault` where it cannot be kept; nothing was sent then. */
export async function beginMove({ hands, jobs, nowMs }: Services, wish: MoveWish): Promise<boolean> {
  const { kind, title, connection, thing, means, move, values, seen } = wish;
  const desk = await jobs.load();
  const provider = await hands.provider(connection.provider);
  const id = randomName(hands.random);
  const item = itemOf({
    ...{ id: 'key', provider, connection, thing, means, values, seen, ending: move },
    consented: move.consent === undefined,
  });
  const job = jobOf({ id, kind, title, nowMs: nowMs(), items: [item] });
  if ((await desk.put(job)) !== id) return false;
  await desk.send(id, { type: 'start', nowMs: nowMs() });
  return true;
}
