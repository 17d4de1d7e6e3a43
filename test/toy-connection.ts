import type { GatewayConnection } from '../gateway/connections.ts';

export const toyConnection = (baseUrl: string, more: Partial<GatewayConnection> = {}): GatewayConnection => ({
  id: 'toy-one',
  provider: 'toy',
  name: 'Toy',
  baseUrl,
  settings: { realm: 'master' },
  secrets: { apiKey: 'canary-operator-key' },
  ca: null,
  insecure: false,
  forwardClientAddress: false,
  ...more,
});
