import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What draws components, asks a document, or wants a storage to itself. All else is tested without one, in half the time. */
const drawn = [
  'src/{ui,features,pages,app,console}/**/*.test.tsx',
  'src/console/{browser-vault,job-desk,shared-notes,vault-desk}.test.ts',
  'src/ui/{place-below,ticker}.test.ts',
];

const common = {
  // Another machine's clock must not decide whether a test of a formatted time passes.
  env: { TZ: 'UTC' },
  restoreMocks: true,
  // Generous, because two processors are shared with whatever else runs: what hangs is found all the same.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 10_000 } },
};

/**
 * The simulated worlds take the longest by far: begun last, one of them would keep one processor busy by itself. Behind
 * them come the files that share what they load, one after the other; of each kind the large ones first.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      if (moduleId.includes('/simulation/invariants-')) return 0;
      return project.name === 'node' ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Left to itself Vitest keeps one processor free. They wait for a tenth of their time, so there is room for one more instead.
    maxWorkers: availableParallelism() + 1,
    // Much is allocated and little of it lives: a larger nursery is cleared less often.
    execArgv: ['--max-semi-space-size=32'],
    projects: [
      {
        test: {
          ...common,
          name: 'dom',
          include: drawn,
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
          exclude: [...drawn, 'test/keycloak/**'],
          environment: 'node',
          // They share what they load: nothing there keeps a state between files. A document would.
          isolate: false,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['src/**', 'gateway/**'], exclude: ['**/*.test.*'] },
  },
});
