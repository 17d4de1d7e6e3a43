import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Services } from '../console/services.ts';
import { useServices } from '../console/use-services.ts';

const clients = new WeakMap<Services, QueryClient>();

/** One cache for a console, made by the first page that reads a server's data: the page that only shows sessions needs none. */
function clientOf(services: Services): QueryClient {
  const known = clients.get(services);
  if (known) return known;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
  clients.set(services, client);
  return client;
}

export function WithQueries({ children }: { readonly children: ReactNode }) {
  return <QueryClientProvider client={clientOf(useServices())}>{children}</QueryClientProvider>;
}
