import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'tuleap',
  name: 'Tuleap',
  route: '/tuleap',
  summary: 'Tuleap: access keys, OAuth2, and the deprecated tokens',
  carries: { 'access-key': 'access key' },
  logOut: { 'access-key': 'impossible', oauth2: 'by-any-token', password: 'by-any-token' },
} as const satisfies Manifest;
