import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'tuleap',
  name: 'Tuleap',
  route: '/tuleap',
  summary: 'Tuleap: access keys, OAuth2, and the deprecated tokens',
} as const satisfies Manifest;
