import type { Registry } from '../../providers/registry.ts';

/**
 * The provider's page with the connection chosen, and the way in where one is named. A provider that is not registered
 * leads nowhere but to the settings.
 */
export const signInHref = (registry: Registry, provider: string, connection: string, way?: string): string => {
  const entry = registry.find(({ id }) => id === provider);
  const named = way === undefined ? '' : `&way=${encodeURIComponent(way)}`;
  return entry ? `${entry.route}?connection=${encodeURIComponent(connection)}${named}` : '/settings';
};
