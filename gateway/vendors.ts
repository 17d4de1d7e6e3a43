import type { Operations } from '../src/http/operation.ts';
import type { ProviderSettings } from '../src/http/settings.ts';
import type { Vendors } from './connections.ts';

const operations = import.meta.glob<Operations>('../src/providers/*/operations.ts', {
  eager: true,
  import: 'operations',
});
const settings = import.meta.glob<ProviderSettings>('../src/providers/*/settings.ts', {
  eager: true,
  import: 'settings',
});

/** Every vendor that has both data files; its folder's name is its id. */
export const vendors: Vendors = Object.fromEntries(
  Object.entries(operations).map(([path, table]) => {
    const fields = settings[path.replace('operations.ts', 'settings.ts')];
    const id = path.split('/').at(-2);
    if (!fields || id === undefined) throw new Error(`${path} has no settings.ts beside it`);
    return [id, { operations: table, settings: fields }];
  }),
);
