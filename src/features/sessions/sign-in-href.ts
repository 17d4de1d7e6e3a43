import type { Registry } from '../../providers/registry.ts';

/** The provider's page with the connection chosen. A provider that is not registered leads nowhere but to the settings. */
export const signInHref = (registry: Registry, provider: string, connection: string): string => {
  const entry = registry.find(({ id }) => id === provider);
  return entry ? `${entry.route}?connection=${encodeURIComponent(connection)}` : '/settings';
};
