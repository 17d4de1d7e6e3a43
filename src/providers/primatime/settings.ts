import type { ProviderSettings } from '../../http/settings.ts';

/** A connection to one PrimaTime tenant. Facts and sources: docs/vendors/primatime.md. */
export const settings = {
  defaultBaseUrl: 'https://{tenant}.api{region}.primatime.com/v1',
  baseUrlHint: 'Leave it out to use the vendor’s own address for the tenant and region.',
  fields: [
    {
      key: 'tenant',
      label: 'Tenant',
      hint: 'The part before .api.primatime.com in the addresses of your account.',
      kind: 'text',
      required: true,
      pattern: {
        matches: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i,
        otherwise: 'A tenant is one part of a host name: letters, digits and inner hyphens, at most 63 characters.',
      },
    },
    {
      key: 'region',
      label: 'Region',
      hint: 'A tenant that is registered in one region is refused elsewhere (PE01-1012).',
      kind: 'choice',
      default: 'generic',
      choices: [
        { value: 'generic', label: 'Any (nearest)', inBaseUrl: '' },
        { value: 'eu', label: 'Europe', inBaseUrl: '.eu' },
        { value: 'us', label: 'United States', inBaseUrl: '.us' },
      ],
    },
    {
      key: 'apiKey',
      label: 'Application key',
      hint: 'From PrimaTime’s support; needed to sign in and to refresh, not for other calls.',
      kind: 'text',
      required: true,
      secret: true,
    },
  ],
} as const satisfies ProviderSettings;
