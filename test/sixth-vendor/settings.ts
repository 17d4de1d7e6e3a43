import type { ProviderSettings } from '../../src/http/settings.ts';

export const settings = {
  baseUrlHint: 'Origin and path prefix of the server.',
  fields: [],
} as const satisfies ProviderSettings;
