import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeysFace } from '../../providers/keys-face.ts';
import { askersAt } from './askers.ts';
import { listQuery } from './queries.ts';
import { NotListed } from './read-keys.ts';

interface ListedAt {
  readonly row: KeyRow;
  /** The session that listed it. */
  readonly by: string;
  /** On the hybrid clock. */
  readonly readAtMs: number;
}

/**
 * Reads what the sessions at hand may list at a connection, from the cache that the table of keys is drawn from: what was
 * read a moment ago is not asked for again. Fails where one list could not be read to its end.
 */
export function useListAt(): ({ list }: KeysFace, connection: string) => Promise<Result<readonly ListedAt[], Failure>> {
  const services = useServices();
  const client = useQueryClient();
  const sessions = useSessions();
  return useCallback(
    async ({ list }, connection) => {
      const found: ListedAt[] = [];
      if (!list) return succeed(found);
      for (const asker of askersAt(sessions, connection, list.ways)) {
        try {
          const { rows, readAtMs } = await client.query(listQuery(services, asker, 'list', list));
          found.push(...rows.map((row) => ({ row, readAtMs, by: asker.id })));
        } catch (error) {
          if (!(error instanceof NotListed)) throw error;
          return fail(error.failure);
        }
      }
      return succeed(found);
    },
    [services, client, sessions],
  );
}
