import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useConnections, useCredentials, useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { KeyList, KeysFace } from '../../providers/keys-face.ts';
import type { SessionView } from '../../sessions/record.ts';
import { askersAt } from './askers.ts';
import { keysOfSessions, listedKeys, makersUsedHere, type At } from './inventory.ts';
import type { KeyEntry } from './key-entry.ts';
import { faceQuery, holdingsQuery, keysOf, listQuery, type ReadList } from './queries.ts';
import { NotListed } from './read-keys.ts';

/** One connection, and whether its keys are in the table. */
export interface Source {
  readonly connection: Connection;
  readonly providerName: string;
  /** Null where its vendor says nothing of keys; undefined until that part has arrived. */
  readonly face: KeysFace | null | undefined;
  /** Sessions that can list, one for each person. */
  readonly askers: readonly SessionView[];
  /** How many sessions of it are not over, whatever they may do. */
  readonly open: number;
  readonly reading: boolean;
  /** One for each list that could not be read. */
  readonly failures: readonly Failure[];
  readonly entries: readonly KeyEntry[];
}

export interface Inventory {
  readonly sources: readonly Source[];
  readonly entries: readonly KeyEntry[];
  /** Something is on its way, and nothing of it is here yet. */
  readonly reading: boolean;
  /** When the newest list was read, or the page was opened; on the hybrid clock. */
  readonly atMs: number;
  readAgain(connection?: string): void;
}

interface Question {
  readonly session: SessionView;
  readonly list: KeyList;
}

/** All keys of the signed-in connections, or of one. */
export function useInventory(only?: string): Inventory {
  const services = useServices();
  const client = useQueryClient();
  const all = useConnections();
  const sessions = useSessions();
  const credentials = useCredentials();
  const [openedAtMs] = useState(services.nowMs);
  const connections = useMemo(() => all.filter(({ id }) => only === undefined || id === only), [all, only]);
  const open = useMemo(
    () => sessions.filter(({ ended, connection }) => !ended && connections.some(({ id }) => id === connection)),
    [sessions, connections],
  );

  const providers = useMemo(() => [...new Set(connections.map(({ provider }) => provider))], [connections]);
  const faces = useQueries({ queries: providers.map((provider) => faceQuery(services, provider)), combine: dataOf });
  const holdings = useQuery(holdingsQuery(services, open)).data;

  const questions = useMemo(
    () =>
      connections.flatMap(({ id, provider }): Question[] => {
        const list = faces[providers.indexOf(provider)]?.list;
        return list ? askersAt(open, id, list.ways).map((session) => ({ session, list })) : [];
      }),
    [connections, faces, providers, open],
  );
  const lists = useQueries({
    queries: questions.map(({ session, list }) => listQuery(services, session, 'list', list)),
    combine: combineLists,
  });

  const sources = useMemo(
    () =>
      connections.map((connection): Source => {
        const face = faces[providers.indexOf(connection.provider)];
        const providerName = services.registry.find(({ id }) => id === connection.provider)?.name ?? '';
        const own = questions.flatMap(({ session }, at) =>
          session.connection === connection.id ? [{ session, asked: lists[at] }] : [],
        );
        const read = own.flatMap(({ asked }) => (asked?.data ? [asked.data] : []));
        const at: At | null = face
          ? {
              ...{ connection, providerName, face, holdings: holdings ?? [] },
              offsetMs: services.hands.offsetMs(connection.id),
              sessions: open.filter((one) => one.connection === connection.id),
              credentials: credentials.filter((one) => one.connection === connection.id),
            }
          : null;
        const holdingsHere = at && {
          ...at,
          holdings: at.holdings.filter(({ session }) => at.sessions.some(({ id }) => id === session)),
        };
        return {
          ...{ connection, providerName, face },
          open: open.filter((one) => one.connection === connection.id).length,
          askers: own.map(({ session }) => session),
          reading: face === undefined || own.some(({ asked }) => asked?.pending ?? true),
          failures: own.flatMap(({ asked }) => (asked?.failure ? [asked.failure] : [])),
          entries: holdingsHere
            ? [...listedKeys(holdingsHere, read), ...makersUsedHere(holdingsHere), ...keysOfSessions(holdingsHere)]
            : [],
        };
      }),
    [connections, faces, providers, questions, lists, holdings, open, credentials, services],
  );
  const entries = useMemo(() => sources.flatMap((source) => source.entries), [sources]);
  return {
    sources,
    entries,
    reading: sources.some(({ reading }) => reading),
    atMs: Math.max(openedAtMs, ...lists.map(({ data }) => data?.readAtMs ?? 0)),
    readAgain: (connection) =>
      void client.invalidateQueries({ queryKey: connection === undefined ? ['keys'] : keysOf(connection) }),
  };
}

const dataOf = (results: readonly { readonly data?: KeysFace | null | undefined }[]) => results.map(({ data }) => data);

interface Answer {
  readonly data: ReadList | undefined;
  readonly pending: boolean;
  readonly failure: Failure | null;
}

interface Result {
  readonly data: ReadList | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
}

const combineLists = (results: readonly Result[]): readonly Answer[] =>
  results.map(({ data, error, isPending }) => ({
    ...{ data, pending: isPending },
    failure: error === null ? null : error instanceof NotListed ? error.failure : ownFault,
  }));

const ownFault: Failure = {
  code: 'own-fault',
  happened: 'no',
  fault: 'local',
  sentence: 'The list could not be read, by a fault of this console.',
  next: 'Read again, or load the page anew.',
  status: null,
};
