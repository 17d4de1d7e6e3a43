/**
 * The vault as the console uses it: made, opened, locked, changed and wiped, in step with the other tabs. Loaded when a
 * vault is there, or when somebody asks for one.
 */
import type { StoreApi } from 'zustand/vanilla';
import { createHybridClock, type Clock, type Timers } from '../lib/clock.ts';
import type { RandomBytes } from '../lib/random.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { JobRecord } from '../revocation/job.ts';
import type { Credential } from '../sessions/credential.ts';
import { StorageFault, type StorageTrouble } from '../sessions/record-store.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { SwitchingStore } from '../sessions/switching-store.ts';
import { IDLE_LIMIT, idleChoices, watchIdle, type AutoLock, type IdleLimit } from '../vault/auto-lock.ts';
import type { VaultBrowser } from '../vault/browser.ts';
import { loadHeader } from '../vault/header-store.ts';
import type { VaultKeys } from '../vault/keys.ts';
import { createReopening } from '../vault/reopening.ts';
import { joinTabs, readVaultMessage, type Unlocking } from '../vault/tabs.ts';
import * as vault from '../vault/vault.ts';
import { KEEPING_CHOICE, type KeepingState } from './keeping.ts';
import { openStores, type OpenStores } from './open-stores.ts';
import type { PagePort } from './services.ts';
import type { SlotStores } from './slot-stores.ts';

export interface DeskPorts {
  readonly browser: VaultBrowser;
  readonly keeping: StoreApi<KeepingState>;
  readonly sessions: SwitchingStore<SessionRecord>;
  readonly credentials: SwitchingStore<Credential>;
  readonly jobs: SwitchingStore<JobRecord>;
  readonly slots: SlotStores;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomBytes;
  readonly page: Pick<PagePort, 'onPoke' | 'onActivity'>;
  /** Calls in flight whose answers must not be lost. */
  callsUnderWay(): number;
}

/** Why something was not done; then all is as before. */
export type DeskFailure = vault.VaultFailure | StorageTrouble;
type Done<Value = null> = Promise<Result<Value, DeskFailure>>;

export interface PasskeyView {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** Made for this address of the console; another one cannot use it. */
  readonly usableHere: boolean;
}

export interface VaultDesk {
  readonly passkeysPossible: boolean;
  /** Makes a vault and moves in what is kept in memory. */
  create(passphrase: string): Done;
  /** Memory only, and not asked again. */
  keepNothing(): void;
  unlock(opener: vault.Opener): Done;
  /** Every tab: hides at once, waits for answers under way, drops the keys. */
  lock(): Promise<void>;
  passkeys(): Promise<readonly PasskeyView[]>;
  changePassphrase(before: string, after: string): Done;
  addPasskey(passphrase: string): Done;
  removePasskey(id: string): Done;
  /** Looks at the idle time. True where it is over: then nothing of the page is seen any more, and nothing is sent. */
  isOver(): boolean;
  idleLimit(): IdleLimit;
  setIdleLimit(limit: IdleLimit): void;
  /** How full this site's storage is, 0 to 1. */
  usedShare(): Promise<number>;
  forgetDamaged(): Promise<void>;
  /** Deletes everything that is stored here, in every tab. Nothing is sent. */
  wipe(): Promise<void>;
  dispose(): void;
}

/** Comes with the forms that ask for it (`groups` in vite.config.ts): the gateway, which has it, may be away by then. */
const changes = () => import('../vault/change-vault.ts');

const WAITS = 'Locked. An answer is waited for, so that nothing is lost; at most half a minute.';
const SETTLE_MAX_MS = 20_000;
const SETTLE_LOOK_MS = 100;
const DELETE_MAX_MS = 3_000;
const ASK_AGAIN_AFTER_MS = 10_000;
const IDLE_CHOICE = 'keyward.auto-lock';
const ATTENDED = 'keyward.attended';
const LOCKS = 'keyward.locks';

export function createVaultDesk(ports: DeskPorts): VaultDesk {
  const { browser, keeping, timers } = ports;
  const clock = createHybridClock(ports.clock);
  const pause = (delayMs: number) => new Promise<void>((resolve) => timers.set(() => resolve(), delayMs));
  const connection = createReopening(browser.openDatabase, (gone) => {
    if (gone) void leaveWiped();
    // What only memory has needs no database.
    else if (keys !== null || opening) keeping.setState({ trouble: 'superseded' });
  });
  const vaultPorts: vault.VaultPorts = {
    connection,
    random: ports.random,
    passkeys: browser.passkeys,
    nowMs: () => ports.clock.wallMs(),
  };
  let keys: VaultKeys | null = null;
  let stores: OpenStores | null = null;
  let autoLock: AutoLock | null = null;
  let opening = false;
  let leaving = false;
  let asksAgain = false;
  const isLeaving = (): boolean => leaving;
  const isOver = (): boolean => autoLock?.look() ?? false;

  const tabs = joinTabs({
    channel: browser.channel('keyward.vault', readVaultMessage),
    lockCount: {
      read: () => browser.storage.getItem(LOCKS) ?? '0',
      raise: () => browser.storage.setItem(LOCKS, String(Number(browser.storage.getItem(LOCKS) ?? '0') + 1)),
    },
    random: ports.random,
    keys: () => (leaving ? null : keys),
    isOver,
    onKeys: (given, unlocking) => void takeOver(given, unlocking),
    onLock: () => void lockHere(),
    onWiped: () => void leaveWiped(),
  });

  /** Hides what is shown and drops everything that this page holds. */
  function leave(done: 'Locked' | 'Wiped'): void {
    leaving = true;
    browser.hide();
    autoLock?.dispose();
    keys = null;
    browser.reload(done);
  }

  /** Another tab deletes the vault. Who started anew before it is gone would make an empty one of that name. */
  async function leaveWiped(): Promise<void> {
    if (leaving) return;
    leaving = true;
    browser.hide();
    keys = null;
    await letGo();
    leave('Wiped');
  }

  async function become(opened: VaultKeys, unlocking: Unlocking, openedByHand = true): Promise<void> {
    if (keys || opening || leaving) return;
    opening = true;
    try {
      stores = await openStores({ ...ports, connection }, opened);
    } catch (error) {
      // Back in memory, where nothing has to be stored.
      keeping.setState({ trouble: null, damaged: 0 });
      throw error;
    } finally {
      opening = false;
    }
    // Not before everything has moved in: a lock reloads, and memory forgets.
    if (!unlocking()) await lockHere();
    if (isLeaving()) return;
    keys = opened;
    keeping.setState({ keeping: 'vault', outside: null });
    browser.storage.setItem(KEEPING_CHOICE, 'vault');
    tabs.tellUnlocked();
    autoLock = watchIdle({
      timers,
      nowMs: () => clock.nowMs(),
      wallMs: () => ports.clock.wallMs(),
      shared: {
        read: () => Number(browser.storage.getItem(ATTENDED) ?? NaN) || undefined,
        write: (wallMs) => browser.storage.setItem(ATTENDED, String(wallMs)),
      },
      limit: idleLimit,
      openedByHand,
      heldOffUntilMs: () => keeping.getState().heldOffUntilMs,
      page: ports.page,
      onAttended(attendedAtMs) {
        if (!tabs.stillUnlocked()) void lockHere();
        else keeping.setState({ attendedAtMs });
      },
      onIdle: () => void lock(),
    });
  }

  /** Another tab handed over its key: of this very vault, or it is of no use. */
  async function takeOver(given: VaultKeys, unlocking: Unlocking): Promise<void> {
    const taken = await attempt(async () => {
      const read = await loadHeader(connection);
      const isOurs = read.kind === 'good' && read.header.vaultId === given.vaultId;
      if (isOurs && unlocking()) await become(given, unlocking, false);
      return succeed(null);
    });
    if (taken.ok || leaving) return;
    keeping.setState({ outside: taken.failure });
    void askAgain();
  }

  /** Each unlocked tab answers a question, so that several attempts may fail at once. */
  async function askAgain(): Promise<void> {
    if (asksAgain) return;
    asksAgain = true;
    await pause(ASK_AGAIN_AFTER_MS);
    asksAgain = false;
    if (!keys && !leaving) tabs.ask();
  }

  async function lockHere(): Promise<void> {
    if (leaving) return;
    leaving = true;
    browser.hide();
    keeping.setState({ keeping: 'locked' });
    autoLock?.dispose();
    const untilMs = clock.nowMs() + SETTLE_MAX_MS;
    // Twice in a row: between an answer and its writing, there is a moment without either.
    for (let calm = 0; calm < 2 && clock.nowMs() < untilMs;) {
      const busy = ports.callsUnderWay() > 0 || ((await stores?.unsettled().catch(() => false)) ?? false);
      if (busy) browser.hideBehind(WAITS);
      calm = busy ? 0 : calm + 1;
      await pause(SETTLE_LOOK_MS);
    }
    leave('Locked');
  }

  async function lock(): Promise<void> {
    tabs.tellLock();
    await lockHere();
  }

  const idleLimit = (): IdleLimit => {
    const stored = browser.storage.getItem(IDLE_CHOICE);
    const choice = idleChoices.find((one) => String(one) === stored);
    return choice === undefined ? IDLE_LIMIT : choice;
  };

  /** No vault where the database says there is one: its making was cut short, or its deletion. */
  async function start(): Promise<void> {
    if (keeping.getState().keeping !== 'locked') return;
    const read = await loadHeader(connection);
    if (read.kind === 'none') keeping.setState({ keeping: 'undecided' });
  }

  // A desk is set up because there is a vault, here or in another tab, or because one is wanted.
  void attempt(start);
  tabs.ask();

  return {
    passkeysPossible: browser.passkeys !== null,
    create: (passphrase) =>
      attempt(async () => {
        const unlocking = tabs.beginUnlock();
        const made = await (await changes()).createVault(vaultPorts, passphrase);
        if (!made.ok) {
          // Where another tab has it open, this one moves in.
          tabs.ask();
          return made;
        }
        try {
          await become(made.value, unlocking);
        } catch (error) {
          // A vault that nothing could move into is no vault, and the next try makes another.
          await deleteEverything(false);
          throw error;
        }
        // Some browsers ask the person, and nobody has to wait for that.
        void browser.persist();
        return succeed(null);
      }),
    keepNothing() {
      browser.storage.setItem(KEEPING_CHOICE, 'memory');
      keeping.setState({ keeping: 'memory' });
    },
    unlock: (opener) =>
      attempt(async () => {
        const unlocking = tabs.beginUnlock();
        const unlocked = await vault.unlockVault(vaultPorts, opener);
        if (!unlocked.ok) return unlocked;
        await become(unlocked.value, unlocking);
        return succeed(null);
      }),
    lock,
    async passkeys() {
      const read = await loadHeader(connection);
      if (read.kind !== 'good') return [];
      return read.header.methods.flatMap((method) =>
        method.type === 'passkey'
          ? [{ id: method.id, createdAtMs: method.createdAtMs, usableHere: method.params.host === browser.host }]
          : [],
      );
    },
    changePassphrase: (before, after) =>
      attempt(async () => (await changes()).changePassphrase(vaultPorts, before, after)),
    addPasskey: (passphrase) => attempt(async () => (await changes()).addPasskey(vaultPorts, passphrase)),
    removePasskey: (id) => attempt(async () => (await changes()).removePasskey(vaultPorts, id)),
    idleLimit,
    setIdleLimit(limit) {
      browser.storage.setItem(IDLE_CHOICE, String(limit));
      isOver();
    },
    isOver,
    usedShare: () => browser.usedShare(),
    forgetDamaged: async () => stores?.forgetDamaged(),
    async wipe() {
      leaving = true;
      tabs.tellWiped();
      await deleteEverything();
      await browser.clearStorage();
      leave('Wiped');
    },
    dispose() {
      tabs.dispose();
      autoLock?.dispose();
    },
  };

  /** Emptied first: a tab that does not let go delays only the deletion of what is empty by then. */
  async function deleteEverything(forGood = true): Promise<void> {
    await connection
      .run(async (database) => Promise.all([database.clear('rows'), database.clear('headers')]))
      .catch(() => undefined);
    await letGo(forGood);
  }

  async function letGo(forGood = true): Promise<void> {
    await connection.close(forGood);
    await Promise.race([browser.deleteDatabase(), pause(DELETE_MAX_MS)]);
  }
}

/** What storage refuses becomes a failure with a name. */
async function attempt<Value>(
  work: () => Promise<Value>,
): Promise<Value | { readonly ok: false; readonly failure: StorageTrouble }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return fail(error.trouble);
  }
}
