import type { Connection } from './envelope.ts';

/** A connection as the gateway tells of it, for tests. */
export const sampleConnection = (baseUrl: string, more: Partial<Connection> = {}): Connection => ({
  id: 'sample',
  provider: 'sample-vendor',
  name: 'Sample',
  baseUrl,
  settings: {},
  insecure: false,
  secretsSet: [],
  forwardsClientAddress: false,
  ...more,
});
