import { queryOptions } from '@tanstack/react-query';
import type { Services } from '../../console/services.ts';
import type { BareThing } from '../../providers/ending.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeyList, KeysFace } from '../../providers/keys-face.ts';
import { factsOf } from '../../revocation/create-item.ts';
import type { SessionView } from '../../sessions/record.ts';
import { changedAtMs } from './list-changes.ts';
import { readKeys } from './read-keys.ts';

/** Long enough to walk through the pages; what was ended elsewhere meanwhile must not stand there. */
const FRESH_MS = 5_000;

export interface ReadList {
  readonly session: string;
  readonly rows: readonly KeyRow[];
  /** On the hybrid clock. */
  readonly readAtMs: number;
}

export type ListName = 'list' | 'trash';

/** Everything that was read at one connection, to be read anew. */
export const keysOf = (connection: string): readonly string[] => ['keys', connection];

/** What one session is told. Its base URL is part of the key: another server is another question. */
export const listQuery = (
  { hands, nowMs, jobs }: Services,
  { id, connection, baseUrl }: Pick<SessionView, 'id' | 'connection' | 'baseUrl'>,
  name: ListName,
  list: KeyList,
) =>
  queryOptions({
    queryKey: [...keysOf(connection), name, baseUrl, id],
    queryFn: async (): Promise<ReadList> => ({
      session: id,
      rows: await readKeys(hands, id, list),
      readAtMs: nowMs(),
    }),
    // What was read before something was made or ended there is out of date at once.
    staleTime: ({ state: { data } }) =>
      data && data.readAtMs <= changedAtMs(jobs.now()?.state.getState().jobs ?? [], connection) ? 0 : FRESH_MS,
  });

/** What a vendor says of its keys; fetches that part. Null where it has none. */
export const faceQuery = ({ hands }: Services, provider: string) =>
  queryOptions({
    queryKey: ['keys-face', provider],
    queryFn: async (): Promise<KeysFace | null> => (await (await hands.provider(provider)).keys?.()) ?? null,
    staleTime: Infinity,
    // It is made of functions, which a deep comparison would not see.
    structuralSharing: false,
  });

export interface Holding {
  readonly session: string;
  readonly thing: BareThing;
}

/** What each session carries, by the id that its vendor knows it by. Reads the tokens, and gives none of them. */
export const holdingsQuery = ({ hands }: Services, sessions: readonly SessionView[]) =>
  queryOptions({
    queryKey: ['holdings', sessions.map(({ id, generation }) => `${id} ${String(generation)}`)],
    queryFn: async (): Promise<readonly Holding[]> => {
      const found: Holding[] = [];
      for (const { id, provider } of sessions) {
        const [record, face] = [await hands.repository.get(id), await (await hands.provider(provider)).keys?.()];
        const thing = record?.tokens && face ? face.thingOfSession(factsOf(record), record.tokens) : null;
        if (thing) found.push({ session: id, thing });
      }
      return found;
    },
    staleTime: Infinity,
    gcTime: 0,
    // Rows must not vanish while one more session is looked at.
    placeholderData: (before: readonly Holding[] | undefined) => before,
  });
