import { useQueries } from '@tanstack/react-query';
import { useServices } from '../../console/use-services.ts';
import type { Provider } from '../../providers/contract.ts';

/**
 * The faces of these providers, by id, as far as their chunks have arrived. A row is drawn without one and learns later
 * what its provider can do.
 */
export function useProviderFaces(ids: readonly string[]): ReadonlyMap<string, Provider> {
  const { hands } = useServices();
  return useQueries({
    queries: [...new Set(ids)].map((id) => ({
      queryKey: ['provider', id],
      queryFn: () => hands.provider(id),
      staleTime: Infinity,
      // A face is code: it has nothing to compare, and must keep its identity.
      structuralSharing: false,
    })),
    combine: byId,
  });
}

const byId = (results: readonly { readonly data: Provider | undefined }[]): ReadonlyMap<string, Provider> =>
  new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
