import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'ocp',
  name: 'OCP',
  route: '/ocp',
  summary: 'OCP IAM: sign in, count down, refresh, log out',
  logOut: { password: 'by-refresh-token' },
} as const satisfies Manifest;
