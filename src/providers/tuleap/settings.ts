import type { ProviderSettings } from '../../http/settings.ts';

/** A connection to one Tuleap. Facts and sources: docs/vendors/tuleap.md. */
export const settings = {
  baseUrlHint: 'The server alone, without /api: https://tuleap.example.com',
  fields: [
    {
      key: 'clientId',
      label: 'OAuth2 client ID',
      hint: 'From the registration of this console at Tuleap; needed for OAuth2 alone. It looks like tlp-client-id-12.',
      kind: 'text',
      pattern: { matches: /^[\x21-\x39\x3B-\x7E]{1,255}$/, otherwise: 'A client ID is one word without a colon.' },
    },
    {
      key: 'clientSecret',
      label: 'OAuth2 client secret',
      hint: 'Shown once at the registration; it begins with tlp-oauth2-c1-.',
      kind: 'text',
      secret: true,
    },
  ],
} as const satisfies ProviderSettings;
