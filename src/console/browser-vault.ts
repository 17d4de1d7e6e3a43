/** The browser's own storage, channels and passkeys, as the vault uses them. */
import { createBroadcast } from '../lib/channel.ts';
import { later } from '../lib/later.ts';
import { systemRandom } from '../lib/random.ts';
import type { VaultBrowser } from '../vault/browser.ts';
import { deleteDatabase, openDatabase } from '../vault/database.ts';
import { createLeavingQuestion } from './ask-before-leaving.ts';

/** Most vaults are opened by a passphrase. */
const passkeys = later(async () =>
  (await import('../vault/passkey.ts')).createPasskeys(navigator.credentials, location.hostname, systemRandom),
);

const ASK_EVERY_MS = 1_000;

const askOnLeaving = createLeavingQuestion();

const line = document.createElement('p');
line.role = 'alert';
line.className = 'grid min-h-dvh place-items-center p-6 text-center';

export const browserVault: VaultBrowser = {
  openDatabase,
  deleteDatabase,
  channel: createBroadcast,
  storage: localStorage,
  host: location.hostname,
  passkeys:
    'PublicKeyCredential' in window
      ? {
          enrol: async (...asked) => (await passkeys.load()).enrol(...asked),
          open: async (methods) => (await passkeys.load()).open(methods),
        }
      : null,
  async persist() {
    // Refused or not, it is only asked: a browser decides by how often the site is used.
    await navigator.storage.persist().catch(() => false);
  },
  async usedShare() {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    return quota > 0 ? usage / quota : 0;
  },
  hide() {
    document.documentElement.hidden = true;
  },
  hideBehind(sentence) {
    // Beside the body: whatever the page still draws, dialogs and notices too, it draws in there.
    document.body.hidden = true;
    document.documentElement.append(line);
    document.documentElement.hidden = false;
    // Written again it would be read out again.
    if (line.textContent !== sentence) line.textContent = sentence;
  },
  reload(done) {
    askOnLeaving(false);
    fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' }).then(
      () => location.reload(),
      () => {
        // A reload now would end in the browser's own page, which stays where it is when the gateway is back.
        browserVault.hideBehind(`${done}. Keyward’s gateway does not answer. This page goes on by itself.`);
        setTimeout(() => browserVault.reload(done), ASK_EVERY_MS);
      },
    );
  },
  warnOnLeaving() {
    askOnLeaving(true);
    return () => askOnLeaving(false);
  },
  async clearStorage() {
    localStorage.clear();
    sessionStorage.clear();
    for (const name of await caches.keys()) await caches.delete(name);
  },
};
