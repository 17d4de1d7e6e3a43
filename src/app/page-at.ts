import type { Registry } from '../providers/registry.ts';

/** Pages that are no provider's. */
const own: Readonly<Record<string, string>> = {
  '/': 'overview',
  '/keys': 'keys',
  '/activity': 'activity',
  '/check': 'check',
  '/incident': 'incident',
  '/settings': 'settings',
  '/signed-in': 'signed-in',
};

/** The folder of the page at an address; those of the vendors come from the registry. A slash at the end changes nothing. */
export function pageAt(registry: Registry, pathname: string): string {
  const path = pathname.replace(/(?!^)\/+$/, '');
  const page = Object.hasOwn(own, path) ? own[path] : registry.find(({ route }) => route === path)?.id;
  return page ?? 'not-found';
}
