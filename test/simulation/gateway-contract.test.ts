/**
 * The simulated gateway against the real one: the same scripts, by the product's own fetch layer, over simulated and over
 * real sockets. What the simulation proves holds only as far as the two behave alike.
 */
import { describe, expect, test } from 'vitest';
import { toyConnection } from '../toy-connection.ts';
import { startRig } from '../gateway-rig.ts';
import { startUpstream } from '../upstream.ts';
import { createCaller } from '../../src/http/create-caller.ts';
import type { Caller } from '../../src/http/call.ts';
import type { Envelope, Outcome } from '../../src/http/envelope.ts';
import { createVendorClocks } from '../../src/http/vendor-clock.ts';
import { createWorld } from './world.ts';

/** One gateway, by what a page can do to it and what happens behind it. */
interface Subject {
  readonly caller: Caller;
  readonly spend: (nonce: string, boot: string, token?: string) => Promise<Envelope>;
  /** How many calls of this kind have reached the vendor. */
  reached(): number;
  /** Lets the time that an answer is kept for go by. */
  passKeeping(): Promise<void>;
  /** Lets what was asked come back. */
  settle<Value>(asked: Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

const nonceOf = (letter: string): string => letter.repeat(22);

async function realGateway(): Promise<Subject> {
  const upstream = await startUpstream();
  const rig = await startRig([toyConnection(upstream.url)]);
  const origin = `http://127.0.0.1:${rig.port}`;
  const asPage: typeof fetch = (input, init = {}) =>
    fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), origin } });
  const caller = createCaller({
    fetch: asPage,
    origin,
    nowMs: () => Date.now(),
    wallMs: () => Date.now(),
    pause: () => Promise.resolve(),
    online: () => true,
    clocks: createVendorClocks(),
    onCall: () => undefined,
  });
  const call = { connection: 'toy-one', operation: 'spend', effect: 'spend', baseUrl: upstream.url } as const;
  return {
    caller,
    spend: async (nonce, boot, token = 'not-a-real-token') =>
      (await caller.call({ ...call, nonce, boot, params: { refresh_token: token } })).envelope,
    reached: () => upstream.seen.length,
    passKeeping() {
      rig.passMs(121_000);
      return Promise.resolve();
    },
    settle: (asked) => asked,
    async close() {
      await rig.close();
      await upstream.close();
    },
  };
}

async function simulatedGateway(): Promise<Subject> {
  const world = await createWorld();
  const [tab] = world.tabs;
  if (!tab) throw new Error('No tab is open');
  const { caller } = tab.services;
  const { connection } = world.network.server('tuleap').wire;
  const call = {
    connection: connection.id,
    operation: 'refresh',
    effect: 'spend',
    baseUrl: connection.baseUrl,
  } as const;
  const settle = async <Value>(asked: Promise<Value>): Promise<Value> => {
    await world.pass(1_000);
    return await asked;
  };
  return {
    caller,
    spend: async (nonce, boot, token = 'not-a-real-token') =>
      (await settle(caller.call({ ...call, nonce, boot, params: { refresh_token: token } }))).envelope,
    reached: () => world.network.ledger.length,
    passKeeping: () => world.pass(121_000),
    settle,
    close: () => Promise.resolve(),
  };
}

const subjects: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['the real gateway', realGateway],
  ['the simulated gateway', simulatedGateway],
];

async function over(open: () => Promise<Subject>, script: (subject: Subject, boot: string) => Promise<void>) {
  const subject = await open();
  try {
    const { boot } = await subject.settle(subject.caller.hello());
    await script(subject, boot);
  } finally {
    await subject.close();
  }
}

const ask = (subject: Subject, nonce: string, boot: string): Promise<Outcome> =>
  subject.settle(subject.caller.outcome(nonce, boot));

describe.each(subjects)('%s', (_name, open) => {
  test('carries a call once: the same nonce and body bring the same answer', () =>
    over(open, async (subject, boot) => {
      const first = await subject.spend(nonceOf('a'), boot);
      const second = await subject.spend(nonceOf('a'), boot);
      expect(first.phase).toBe('answered');
      expect(second).toEqual(first);
      expect(subject.reached()).toBe(1);
    }));

  test('refuses a nonce that belongs to another call', () =>
    over(open, async (subject, boot) => {
      await subject.spend(nonceOf('a'), boot);
      const other = await subject.spend(nonceOf('a'), boot, 'not-a-real-other-token');
      expect(other).toMatchObject({ phase: 'not-sent', cause: { code: 'gateway-refused' } });
      expect(subject.reached()).toBe(1);
    }));

  test('keeps an answer for whoever lost it, for 120 s, and remembers the nonce after that', () =>
    over(open, async (subject, boot) => {
      await subject.spend(nonceOf('a'), boot);
      expect(await ask(subject, nonceOf('a'), boot)).toMatchObject({ state: 'answered' });
      await subject.passKeeping();
      expect(await ask(subject, nonceOf('a'), boot)).toEqual({ state: 'unknown' });
      expect(await subject.spend(nonceOf('a'), boot)).toMatchObject({ phase: 'sent' });
      expect(subject.reached()).toBe(1);
    }));

  test('forbids a nonce that it was asked about before it came', () =>
    over(open, async (subject, boot) => {
      expect(await ask(subject, nonceOf('b'), boot)).toEqual({ state: 'fenced' });
      expect(await subject.spend(nonceOf('b'), boot)).toMatchObject({ phase: 'not-sent', cause: { code: 'fenced' } });
      expect(subject.reached()).toBe(0);
    }));

  test('knows nothing of another life, and sends nothing for it', () =>
    over(open, async (subject) => {
      expect(await ask(subject, nonceOf('c'), 'another-life')).toEqual({ state: 'unknown' });
      expect(await subject.spend(nonceOf('c'), 'another-life')).toMatchObject({
        phase: 'sent',
        cause: { code: 'other-boot' },
      });
      expect(subject.reached()).toBe(0);
    }));

  test('refuses a secret that belongs to another server', () =>
    over(open, async (subject, boot) => {
      const { connections } = await subject.settle(subject.caller.hello());
      const [first] = connections;
      const operation = first?.provider === 'toy' ? 'spend' : 'signIn';
      const asked = subject.caller.call({
        connection: first?.id ?? '',
        operation,
        effect: 'spend',
        baseUrl: 'https://elsewhere.example',
        nonce: nonceOf('d'),
        boot,
        params: {},
      });
      expect((await subject.settle(asked)).envelope).toMatchObject({
        phase: 'not-sent',
        cause: { code: 'base-url-changed' },
      });
      expect(subject.reached()).toBe(0);
    }));
});
