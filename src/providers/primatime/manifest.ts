import type { Manifest } from '../contract.ts';

export const manifest = {
  id: 'primatime',
  name: 'PrimaTime',
  route: '/primatime',
  summary: 'PrimaTime: tokens of an hour, refreshed once each',
} as const satisfies Manifest;
