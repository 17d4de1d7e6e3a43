import type { ProviderSettings } from '../../http/settings.ts';

/** A connection to one P4OAuth server. Facts and sources: docs/vendors/p4oauth.md. */
export const settings = {
  baseUrlHint: 'The server alone: https://p4oauth.example.com. Its documentation names two hosts; here it is one.',
  fields: [
    {
      key: 'clientAuthentication',
      label: 'Client authentication',
      hint: 'Whether the server asks for a secret when a code is exchanged. The documentation announces HTTP Basic, but not since when.',
      kind: 'choice',
      default: 'none',
      choices: [
        { value: 'none', label: 'None' },
        { value: 'basic', label: 'HTTP Basic' },
      ],
    },
    {
      key: 'clientSecret',
      label: 'Client secret',
      hint: 'For HTTP Basic alone, beside the user’s login.',
      kind: 'text',
      secret: true,
      requiredWhen: { key: 'clientAuthentication', is: 'basic' },
    },
  ],
} as const satisfies ProviderSettings;
