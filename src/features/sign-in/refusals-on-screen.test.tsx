/** Every refusal that the vendors' samples lead to, as the sign-in shows it: no sentence stands there twice. */
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../../test/console-harness.tsx';
import { failedRead } from '../../http/failed-read.ts';
import type { Failure } from '../../http/failure.ts';
import type { Provider } from '../../providers/contract.ts';
import type { ErrorSample } from '../../providers/error-sample.ts';
import { explain } from '../../providers/explain.ts';
import { registry } from '../../providers/registry.ts';
import { FailedBand } from './failed-band.tsx';

const samples = import.meta.glob<readonly ErrorSample[]>('../../providers/*/error-samples.ts', {
  eager: true,
  import: 'errorSamples',
});
const providers = await Promise.all(registry.map(({ load }) => load()));

let console_: ConsoleHarness;
beforeAll(async () => {
  console_ = await startConsole({ vendors: [] });
});
afterEach(cleanup);
afterAll(() => console_.close());

/** What a vendor sends the browser back with instead of a code. */
const sentBack = ({ signIn }: Provider): readonly Failure[] =>
  signIn.flatMap((way) =>
    way.kind === 'code'
      ? Object.entries(way.refusals).map(([code, words]) => ({
          ...words,
          code,
          happened: 'no' as const,
          fault: 'permission' as const,
          status: null,
        }))
      : [],
  );

const failuresOf = (provider: Provider): readonly Failure[] => [
  ...(samples[`../../providers/${provider.id}/error-samples.ts`] ?? []).map(({ reply, operation }) =>
    explain(provider, reply, operation),
  ),
  ...sentBack(provider),
];

function shown(failure: Failure, what: 'sign-in' | 'list'): string {
  const outcome = { kind: 'failed', atMs: 0, removed: [], what, failure, user: 'alice' } as const;
  const { container } = console_.draw(
    <FailedBand outcome={outcome} connection="x" pause={undefined} renderFreeing={() => null} onTake={undefined} />,
  );
  const texts: string[] = [];
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
  return texts.join('\n');
}

const sentencesIn = (text: string): readonly string[] =>
  text
    .split(/[.!?:;“”]\s+|\n/u)
    .map((one) =>
      one
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )
    .filter((one) => one.includes(' '));

const EFFECT =
  /no session was opened|nothing took effect|nothing was to be changed|took effect is not known|no token was made|nothing was kept/giu;

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', (_, provider) => {
  const failures = failuresOf(provider);

  it('has samples', () => expect(failures.length).toBeGreaterThan(10));

  it.each(['sign-in', 'list'] as const)('says nothing twice where a %s fails', (what) => {
    for (const failure of failures) {
      // A list is only read.
      const text = shown(what === 'list' ? failedRead(failure) : failure, what);
      cleanup();
      const sentences = sentencesIn(text);
      expect(sentences, text).toEqual([...new Set(sentences)]);
      expect(text.match(EFFECT)?.length ?? 0, text).toBeLessThanOrEqual(1);
    }
  });
});
