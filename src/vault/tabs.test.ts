import { describe, expect, test } from 'vitest';
import { eventually } from '../../test/eventually.ts';
import { createTestChannels } from '../../test/test-channels.ts';
import { systemRandom } from '../lib/random.ts';
import { deriveKeys, type VaultKeys } from './keys.ts';
import { joinTabs, readVaultMessage } from './tabs.ts';

/** Tabs of one browser. */
function browser() {
  const channels = createTestChannels();
  let count = 0;
  return {
    channels,
    /** A tab locked, and its word did not arrive. */
    lockUnheard: () => (count += 1),
    tab(keys: VaultKeys | null = null) {
      const state = { keys, locks: 0, wiped: 0, isOver: false };
      const tabs = joinTabs({
        channel: channels.open('keyward.vault', readVaultMessage),
        lockCount: { read: () => String(count), raise: () => (count += 1) },
        random: systemRandom,
        keys: () => state.keys,
        isOver: () => state.isOver,
        onKeys: (given) => (state.keys = given),
        onLock: () => {
          state.keys = null;
          state.locks += 1;
        },
        onWiped: () => (state.wiped += 1),
      });
      return { state, tabs };
    },
  };
}

const keysOf = (fill: number) => deriveKeys(new Uint8Array(32).fill(fill), 'a-vault-of-this-test');

/** Every message that was posted has arrived, and what was posted because of it. */
const arrived = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('an unlocked tab', () => {
  test('opens one that asks, and the key still cannot be exported', async () => {
    const { tab } = browser();
    const keys = await keysOf(1);
    tab(keys);
    const [asks, quiet] = [tab(), tab()];
    asks.tabs.ask();
    await arrived();
    expect(asks.state.keys).toEqual(keys);
    expect(asks.state.keys?.record.extractable).toBe(false);
    expect(quiet.state.keys).toBeNull();
  });

  test('opens the others when it is unlocked itself', async () => {
    const { tab } = browser();
    const [waits, opens] = [tab(), tab()];
    opens.state.keys = await keysOf(2);
    opens.tabs.tellUnlocked();
    await eventually(() => expect(waits.state.keys).not.toBeNull());
  });

  test('locks with every other tab', async () => {
    const { tab } = browser();
    const keys = await keysOf(1);
    const [one, two, three] = [tab(keys), tab(keys), tab()];
    one.tabs.tellLock();
    await arrived();
    expect([one.state.locks, two.state.locks, three.state.locks]).toEqual([0, 1, 0]);
  });

  test('gives nothing away once some tab has locked, although it has not heard of it', async () => {
    const { tab, lockUnheard } = browser();
    const deaf = tab(await keysOf(1));
    lockUnheard();
    expect(deaf.tabs.stillUnlocked()).toBe(false);
    const asks = tab();
    asks.tabs.ask();
    await arrived();
    expect(asks.state.keys).toBeNull();
    expect(deaf.state.locks).toBe(1);
  });

  test('gives nothing away once its idle time is over', async () => {
    const { tab } = browser();
    const overdue = tab(await keysOf(1));
    overdue.state.isOver = true;
    const asks = tab();
    asks.tabs.ask();
    await arrived();
    expect(asks.state.keys).toBeNull();
  });

  test('is unlocked anew after a lock', async () => {
    const { tab } = browser();
    const keys = await keysOf(1);
    const [one, two] = [tab(keys), tab(keys)];
    one.tabs.tellLock();
    await arrived();
    two.tabs.beginUnlock();
    two.state.keys = keys;
    two.tabs.tellUnlocked();
    expect(two.tabs.stillUnlocked()).toBe(true);
  });

  test('is none where a lock comes between its question and its opening, heard or not', async () => {
    const { tab, lockUnheard } = browser();
    const keys = await keysOf(1);
    const [one, hears, deaf] = [tab(keys), tab(), tab()];
    hears.tabs.ask();
    one.tabs.tellLock();
    await arrived();
    expect(hears.tabs.stillUnlocked()).toBe(false);
    deaf.tabs.ask();
    lockUnheard();
    deaf.state.keys = keys;
    deaf.tabs.tellUnlocked();
    expect(deaf.tabs.stillUnlocked()).toBe(false);
  });

  test('is none where it asks again after a lock: that is another opening', async () => {
    const { tab, channels, lockUnheard } = browser();
    const [one, waits] = [tab(await keysOf(1)), tab()];
    const first = waits.tabs.beginUnlock();
    one.tabs.tellLock();
    channels.intrude('keyward.vault', { kind: 'unlocked' });
    await arrived();
    expect(first()).toBe(false);
    const second = waits.tabs.beginUnlock();
    expect([first(), second()]).toEqual([false, true]);
    lockUnheard();
    expect([first(), second()]).toEqual([false, false]);
  });

  test('takes no key that it did not ask for', async () => {
    const { tab, channels } = browser();
    const victim = tab();
    victim.tabs.ask();
    channels.intrude('keyward.vault', { kind: 'give', nonce: 'guessed', keys: await keysOf(9) });
    await arrived();
    expect(victim.state.keys).toBeNull();
  });

  test('is told of the end of the vault', async () => {
    const { tab } = browser();
    const [one, two, three] = [tab(await keysOf(1)), tab(await keysOf(1)), tab()];
    one.tabs.tellWiped();
    await arrived();
    expect([one.state.wiped, two.state.wiped, three.state.wiped]).toEqual([0, 1, 1]);
  });
});

describe('what is no message of the vault', () => {
  test.each([
    null,
    'lock',
    {},
    { kind: 'want' },
    { kind: 'give', nonce: 'n' },
    { kind: 'give', nonce: 'n', keys: { vaultId: 'v', record: new Uint8Array(32) } },
    { kind: 'give', nonce: 'n', keys: { vaultId: 1, record: null } },
    { kind: 'toString' },
  ])('is passed over: %j', (data) => {
    expect(readVaultMessage(data)).toBeUndefined();
  });

  test('is a key that could be exported', async () => {
    const record = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
    expect(readVaultMessage({ kind: 'give', nonce: 'n', keys: { vaultId: 'v', record } })).toBeUndefined();
  });
});
