/** A browser's storage for the vault, with everything that a page of a test can neither have nor see. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { VaultBrowser } from '../src/vault/browser.ts';
import { deleteDatabase, openDatabase } from '../src/vault/database.ts';
import type { PasskeyPort } from '../src/vault/passkey.ts';
import { createTestChannels, type TestChannels } from './test-channels.ts';

export interface TestBrowser {
  readonly channels: TestChannels;
  /** What lies in local storage. */
  readonly storage: ReadonlyMap<string, string>;
  /** One of its tabs. */
  tab(): TestTab;
}

export interface TestTab {
  readonly browser: VaultBrowser;
  hidden: boolean;
  /** What is read in place of the page. */
  sentence: string;
  reloads: number;
  warns: boolean;
}

/** With nothing stored in it; the database of a browser before it is gone. */
export function createTestBrowser(passkeys: PasskeyPort | null = null): TestBrowser {
  globalThis.indexedDB = new IDBFactory();
  const channels = createTestChannels();
  const storage = new Map<string, string>();
  return {
    channels,
    storage,
    tab() {
      const tab = { hidden: false, sentence: '', reloads: 0, warns: false };
      const browser: VaultBrowser = {
        openDatabase,
        deleteDatabase,
        channel: channels.open,
        storage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => void storage.set(key, value) },
        host: 'localhost',
        passkeys,
        persist: () => Promise.resolve(),
        usedShare: () => Promise.resolve(0.1),
        hide: () => (tab.hidden = true),
        hideBehind: (sentence) => (tab.sentence = sentence),
        reload: () => (tab.reloads += 1),
        warnOnLeaving() {
          tab.warns = true;
          return () => (tab.warns = false);
        },
        clearStorage() {
          storage.clear();
          return Promise.resolve();
        },
      };
      return Object.assign(tab, { browser });
    },
  };
}
