import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionRecord } from '../../test/session-record.ts';
import { createMemoryStore } from './memory-store.ts';
import type { Intent } from './record.ts';
import { createRepository } from './repository.ts';
import { commit, giveBack, loseAnswer, noteCopy, openIntent, reject } from './refresh-steps.ts';
import { end } from './ending-steps.ts';
import { setKeepFresh, type Transition } from './transitions.ts';

const intent = (differs: Partial<Intent> = {}): Intent => ({
  generation: 0,
  nonce: 'n1',
  boot: 'boot',
  sentAtMs: 0,
  probe: false,
  ...differs,
});
const word = { sinceMs: 1, code: 'dead', sentence: 'The session is over.' };
const fresh = {
  accessToken: 'not-a-real-second-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'not-a-real-second-refresh-token',
  facts: [],
} as const;

async function opened() {
  const repository = createRepository(createMemoryStore());
  await repository.put(sessionRecord());
  return repository;
}

describe('claiming a refresh', () => {
  test('is refused while another claim is open', async () => {
    const repository = await opened();
    expect((await repository.change('session-1', openIntent(0, intent()))).ok).toBe(true);
    expect(await repository.change('session-1', openIntent(1, intent({ nonce: 'n2' })))).toEqual({
      ok: false,
      why: 'intent-open',
    });
  });

  test('is refused where the record moved since it was read', async () => {
    const repository = await opened();
    await repository.change('session-1', setKeepFresh(false));
    expect(await repository.change('session-1', openIntent(0, intent()))).toEqual({ ok: false, why: 'moved' });
  });

  test('of many tabs at once lets one through', async () => {
    const repository = await opened();
    const claims = Array.from({ length: 10 }, (_, n) =>
      repository.change('session-1', openIntent(0, intent({ nonce: String(n) }))),
    );
    expect((await Promise.all(claims)).filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('of an uncertain token is a probe, once', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    await repository.change('session-1', loseAnswer(intent(), 5));
    expect(await repository.change('session-1', openIntent(2, intent({ nonce: 'n2' })))).toEqual({
      ok: false,
      why: 'not-wanted',
    });
    expect((await repository.change('session-1', openIntent(2, intent({ nonce: 'n3', probe: true })))).ok).toBe(true);
    await repository.change('session-1', loseAnswer(intent({ nonce: 'n3', probe: true }), 6));
    expect(await repository.change('session-1', openIntent(4, intent({ nonce: 'n4', probe: true })))).toEqual({
      ok: false,
      why: 'not-wanted',
    });
  });
});

describe('settling', () => {
  test('a commit stores the pair, clears the intent and raises the generation in one step', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    const written = await repository.change('session-1', commit(intent(), fresh, 9));
    expect(written).toMatchObject({
      ok: true,
      record: { generation: 1, intent: null, refreshedAtMs: 9, tokens: fresh },
    });
  });

  test('a pair’s age counts from the asking, however late its answer was stored', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    const written = await repository.change('session-1', commit(intent(), fresh, 4));
    expect(written.ok && written.record.refreshedAtMs).toBe(4);
  });

  test('a second commit for the same generation is refused and overwrites nothing', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    await repository.change('session-1', commit(intent(), fresh, 9));
    const late = { ...fresh, accessToken: 'not-a-real-late-token' };
    expect(await repository.change('session-1', commit(intent(), late, 10))).toEqual({ ok: false, why: 'moved' });
    expect((await repository.get('session-1'))?.tokens?.accessToken).toBe('not-a-real-second-token');
  });

  test('a refusal drops the refresh token and keeps the access token', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    await repository.change('session-1', reject(intent(), word));
    const record = await repository.get('session-1');
    expect(record?.tokens?.accessToken).toBe('not-a-real-access-token');
    expect(record?.tokens).not.toHaveProperty('refreshToken');
    expect(record?.signInNeeded).toEqual(word);
  });

  test('a probe that was never sent goes back to uncertain, unspent', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    await repository.change('session-1', loseAnswer(intent(), 5));
    const probe = intent({ nonce: 'n2', probe: true });
    await repository.change('session-1', openIntent(2, probe));
    await repository.change('session-1', giveBack(probe, null));
    expect((await repository.get('session-1'))?.uncertain).toEqual({ sinceMs: 5, probed: false });
  });

  test('an answer that is lost settles only the intent with its own nonce', async () => {
    const repository = await opened();
    await repository.change('session-1', openIntent(0, intent()));
    expect(await repository.change('session-1', loseAnswer(intent({ nonce: 'other' }), 5))).toEqual({
      ok: false,
      why: 'moved',
    });
    expect((await repository.get('session-1'))?.intent?.nonce).toBe('n1');
  });
});

const anyStep: fc.Arbitrary<Transition> = fc.oneof(
  fc.constant(commit(intent(), fresh, 1)),
  fc.constant(reject(intent(), word)),
  fc.constant(giveBack(intent(), null)),
  fc.constant(loseAnswer(intent(), 1)),
  fc.constant(setKeepFresh(true)),
  fc.constant(noteCopy(1)),
  fc.constant(end('logged-out', 1)),
);

test('I04 GenMonotone and I07 NoResurrection: no order of steps lowers a generation or brings secrets back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 20 }), async (steps) => {
      const repository = await opened();
      await repository.change('session-1', openIntent(0, intent()));
      let generation = 0;
      let over = false;
      for (const step of steps) {
        await repository.change('session-1', step);
        const record = await repository.get('session-1');
        expect(record?.generation).toBeGreaterThanOrEqual(generation);
        generation = record?.generation ?? 0;
        over ||= record?.ended !== null;
        if (over) expect(record?.tokens).toBeNull();
      }
    }),
    { numRuns: 1_000 },
  );
});
