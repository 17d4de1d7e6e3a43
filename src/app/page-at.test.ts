import { expect, it } from 'vitest';
import { registry } from '../providers/registry.ts';
import { pageAt } from './page-at.ts';

it.each([
  ['/', 'overview'],
  ['/settings', 'settings'],
  ['/check', 'check'],
  ['/incident', 'incident'],
  ['/settings/', 'settings'],
  ['/signed-in', 'signed-in'],
  ['/nowhere', 'not-found'],
  ['/settings/more', 'not-found'],
  ['/constructor', 'not-found'],
  ['//', 'overview'],
])('at %s stands the page %s', (path, folder) => {
  expect(pageAt(registry, path)).toBe(folder);
});

it('every provider has its page at its own route', () => {
  for (const { id, route } of registry) expect(pageAt(registry, route)).toBe(id);
});
