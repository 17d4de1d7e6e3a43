import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Rooms whose tests draw components. All other code runs, and is tested, without a document. */
const drawn = 'src/{ui,features,pages,app,console}/**/*.test.{ts,tsx}';

const common = {
  // Another machine's clock must not decide whether a test of a formatted time passes.
  env: { TZ: 'UTC' },
  restoreMocks: true,
  // Generous, because two processors are shared with whatever else runs: what hangs is found all the same.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // Left to itself Vitest keeps one processor free, which of two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [react()],
        test: {
          ...common,
          name: 'dom',
          include: [drawn],
          environment: 'jsdom',
          environmentOptions: { jsdom: { url: 'http://localhost:4600/' } },
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'node',
          include: ['{src,gateway,stand-ins,test,lint,scripts,bench}/**/*.test.{ts,tsx}'],
          // A real Keycloak is started by `npm run test:keycloak`, which has a configuration of its own.
          exclude: [drawn, 'test/keycloak/**'],
          environment: 'node',
        },
      },
    ],
    coverage: { provider: 'v8', include: ['src/**', 'gateway/**'], exclude: ['**/*.test.*'] },
  },
});
