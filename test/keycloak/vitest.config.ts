import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'keycloak',
    root: '.',
    include: ['test/keycloak/**/*.test.ts'],
    testTimeout: 60_000,
    // One server, whose realm the tests change: they take turns.
    fileParallelism: false,
  },
});
