/** The keys of all connections, put together from what was read and from what the sessions of this console carry. Pure. */
import { endsAtMs } from '../../lib/time.ts';
import type { Connection } from '../../http/envelope.ts';
import type { KeysFace } from '../../providers/keys-face.ts';
import type { CredentialView } from '../../sessions/credential.ts';
import type { SessionView } from '../../sessions/record.ts';
import { entryOf, type KeyEntry } from './key-entry.ts';
import type { Holding, ReadList } from './queries.ts';

export interface At {
  readonly connection: Connection;
  readonly providerName: string;
  readonly face: KeysFace;
  /** Server minus local time, milliseconds. */
  readonly offsetMs: number;
  /** Of that connection, and not over. */
  readonly sessions: readonly SessionView[];
  readonly credentials: readonly CredentialView[];
  readonly holdings: readonly Holding[];
}

const placeOf = ({ connection, providerName }: At) => ({
  provider: connection.provider,
  providerName,
  connection: connection.id,
  connectionName: connection.name,
});

const nounOf = ({ kinds }: KeysFace, kind: string): string => kinds.find((one) => one.kind === kind)?.noun ?? kind;

export function listedKeys(at: At, lists: readonly ReadList[]): readonly KeyEntry[] {
  const { face, holdings, sessions, offsetMs } = at;
  const carriers = new Map(holdings.map(({ session, thing }) => [`${thing.kind} ${thing.id ?? ''}`, session]));
  const seen = new Set<string>();
  return lists.flatMap(({ session, rows, readAtMs }) => {
    const owner = sessions.find(({ id }) => id === session)?.identity.name ?? '';
    return rows.flatMap((row) => {
      const mark = `${row.kind} ${row.id}`;
      if (seen.has(mark)) return [];
      seen.add(mark);
      const carriedBy = carriers.get(mark) ?? null;
      const useResolutionMs = face.list?.useResolutionMs ?? null;
      return entryOf({
        ...placeOf(at),
        ...{ row, owner, offsetMs, carriedBy, useResolutionMs, readAtMs, asker: session, mark: row.id },
        noun: nounOf(face, row.kind),
        bare: face.thingOfRow(row),
      });
    });
  });
}

/** Keys that no call lists, each with the sessions that were opened with it. */
export function makersUsedHere(at: At): readonly KeyEntry[] {
  const { face, sessions, credentials, offsetMs } = at;
  const { maker } = face;
  if (!maker) return [];
  const own = sessions.filter(({ lineage }) => lineage.way === maker.way);
  const kept = credentials.filter(({ way }) => way === maker.way);
  const ids = new Set([...own.map(({ lineage }) => lineage.credential), ...kept.map(({ id }) => id)]);
  return [...ids].map((id) => {
    const made = own.filter(({ lineage }) => lineage.credential === id);
    const keptHere = kept.find((one) => one.id === id);
    const label = keptHere?.label ?? made[0]?.lineage.label ?? nounOf(face, maker.kind);
    return entryOf({
      ...placeOf(at),
      ...{ offsetMs, row: null, mark: id, owner: '' },
      noun: nounOf(face, maker.kind),
      bare: maker.thing(label, made[0]?.tokens?.companions ?? {}),
      minted: made.map((one) => one.id),
      mintedNames: made.map(({ identity }) => identity.name),
      keptAs: keptHere?.id ?? null,
    });
  });
}

/** What a session carries itself and no call lists, where that is as good as a key. */
export function keysOfSessions(at: At): readonly KeyEntry[] {
  const { face, sessions, holdings, offsetMs } = at;
  const shown = new Set(face.kinds.filter((kind) => kind.shownOfSessions).map(({ kind }) => kind));
  return holdings.flatMap(({ session: id, thing }) => {
    const session = sessions.find((one) => one.id === id);
    if (!session || !shown.has(thing.kind)) return [];
    const expiry = session.tokens?.accessExpiry;
    const ends = expiry?.kind === 'never' ? 'never' : expiry && endsAtMs(expiry, 0);
    return entryOf({
      ...placeOf(at),
      ...{ offsetMs, row: null, bare: thing, mark: id, carriedBy: id, owner: session.identity.name },
      noun: nounOf(face, thing.kind),
      known: { ...(ends !== undefined && expiry?.kind === 'absolute' && { expiresAtMs: ends }) },
    });
  });
}
