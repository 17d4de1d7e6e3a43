import type { ProviderSettings } from '../../http/settings.ts';

/** A connection to one Perforce ALM REST API. Facts and sources: docs/vendors/alm.md. */
export const settings = {
  baseUrlHint: 'The server and its port alone, without the path: https://alm.example.com:8443',
  fields: [
    {
      key: 'segment',
      label: 'Path name',
      hint: 'The first part of the API’s path. perforce-alm is known from ALM 2026.1 on, helix-alm to every version.',
      kind: 'choice',
      default: 'perforce-alm',
      choices: [
        { value: 'perforce-alm', label: 'perforce-alm' },
        { value: 'helix-alm', label: 'helix-alm' },
      ],
    },
  ],
} as const satisfies ProviderSettings;
