import { queryOptions } from '@tanstack/react-query';
import type { Hands } from '../../refresh/hands.ts';

/** A vendor's operation table, for its labels. Loads that vendor's chunk. */
export const operationsQuery = (hands: Pick<Hands, 'provider'>, id: string) =>
  queryOptions({
    queryKey: ['operations', id],
    queryFn: async () => (await hands.provider(id)).operations,
    staleTime: Infinity,
    structuralSharing: false,
  });
