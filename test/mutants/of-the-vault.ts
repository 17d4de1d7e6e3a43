/** Protections of what lies at rest, and of the key to it. */
import type { Mutant } from './mutant.ts';

const inTabs = ['test/vault-in-tabs.test.ts'];
const desk = 'src/console/vault-desk.ts';
const reopening = 'src/vault/reopening.ts';
const cipher = 'src/vault/record-cipher.ts';

export const ofTheVault: readonly Mutant[] = [
  {
    name: 'vault: a tab that missed the word of a lock does not look',
    file: desk,
    edits: [['if (!tabs.stillUnlocked()) void lockHere();\n        else keeping.setState', 'keeping.setState']],
    kills: ['a tab that missed the word of a lock'],
    tests: inTabs,
  },
  {
    name: 'vault: wiping leaves the records where another tab holds on to them',
    file: desk,
    edits: [["Promise.all([database.clear('rows'), database.clear('headers')])", "database.clear('headers')"]],
    kills: ['wiping empties the records'],
    tests: inTabs,
  },
  {
    name: 'vault: a lock is no word to the other tabs',
    file: 'src/vault/tabs.ts',
    edits: [["      channel.post({ kind: 'lock' });\n", '']],
    kills: ['I23'],
    tests: inTabs,
  },
  {
    name: 'vault: a tab that has not heard of a lock hands over its key',
    file: 'src/vault/tabs.ts',
    edits: [['=> lockCount.read() === countAtUnlock;', "=> countAtUnlock !== 'locked';"]],
    kills: ['gives nothing away once some tab has locked'],
    tests: ['src/vault/tabs.test.ts'],
  },
  {
    name: 'vault: a lock is nothing to a tab that is being opened',
    file: 'src/vault/tabs.ts',
    edits: [
      ['return () => locksHeard === heard && lockCount.read() === count;', 'return () => true;'],
      [
        "tellUnlocked: () => channel.post({ kind: 'unlocked' }),",
        "tellUnlocked: () => (beginUnlock(), channel.post({ kind: 'unlocked' })),",
      ],
    ],
    kills: ['a lock after a new tab has asked'],
    tests: inTabs,
  },
  {
    name: 'vault: a lock is forgotten by a tab that asks again while it is being opened',
    file: 'src/vault/tabs.ts',
    edits: [['return () => locksHeard === heard && lockCount.read() === count;', 'return stillUnlocked;']],
    kills: ['is none where it asks again after a lock', 'a lock during an opening'],
    tests: ['src/vault/tabs.test.ts', ...inTabs],
  },
  {
    name: 'vault: one damaged record spoils the reading of all',
    file: cipher,
    edits: [['  } catch {\n    return undefined;\n', '  } catch (error) {\n    throw error;\n']],
    kills: ['I26'],
    tests: ['src/vault/vault.test.ts'],
  },
  {
    name: 'vault: an answer that cannot be stored is let go',
    file: 'src/vault/kinds.ts',
    edits: [['return record.intent !== null || (', 'return record !== stored || (']],
    kills: ['F26: an answer is held'],
    tests: ['src/vault/sealed-store.test.ts'],
  },
  {
    name: 'vault: an answer is built on what can be read when it comes',
    file: 'src/sessions/repository.ts',
    edits: [['known ?? (await store.get(id))', 'await store.get(known?.id ?? id)']],
    tests: ['src/vault/sealed-store.test.ts'],
    kills: ['F27: an answer'],
  },
  {
    name: 'vault: a connection that the browser closed is not opened again',
    file: reopening,
    edits: [['const TRIES = 3;', 'const TRIES = 1;']],
    kills: ['F27'],
    tests: ['src/vault/sealed-store.test.ts'],
  },
  {
    name: 'vault: what a newer version has taken is asked for again',
    file: reopening,
    edits: [['        superseded = true;\n', '']],
    kills: ['F38'],
    tests: ['src/vault/sealed-store.test.ts'],
  },
  {
    name: 'a refusal is stored only where storage can be read once more',
    file: 'src/refresh/refresh-session.ts',
    edits: [['reject(intent, word, isOver), record)', 'reject(intent, word, isOver))']],
    kills: ['F27'],
  },
  {
    name: 'what could not be read is not read again',
    file: 'src/console/listen.ts',
    edits: [["if (error.trouble === 'lost') again.set(whole, timers.set(whole, READ_AGAIN_MS));", '']],
    kills: ['F27'],
  },
  {
    name: 'a new pair lowers the generation',
    file: 'src/sessions/refresh-steps.ts',
    edits: [
      [
        'generation: record.generation + 1,\n      intent: null,',
        'generation: record.generation - 1,\n      intent: null,',
      ],
    ],
    kills: ['I04'],
    tests: ['src/sessions/repository.test.ts'],
  },
  {
    name: 'vault: a write tells the other tabs the record itself',
    file: 'src/vault/sealed-store.ts',
    edits: [['      if (went) tell(record.id);', '      if (went) tell(JSON.stringify(record));']],
    kills: ['I22'],
    tests: inTabs,
  },
  {
    name: 'vault: passkeys of another host are offered',
    file: 'src/vault/passkey.ts',
    edits: [['params.filter((one) => one.host === host).map(', 'params.map(']],
    kills: ['a passkey of another host'],
    tests: ['src/vault/passkey.test.ts'],
  },
  {
    name: 'vault: a ciphertext is bound to no row',
    file: cipher,
    edits: [
      [
        "boundTo(['keyward/record/1', vaultId, table, id, String(generation), String(revision)]);",
        "boundTo(['keyward/record/1', vaultId, ...(generation < 0 ? [table, id, String(revision)] : [])]);",
      ],
    ],
    kills: ['opens the vectors'],
    tests: ['src/vault/vectors.test.ts'],
  },
  {
    name: 'vault: a record is written over one that it was not made from',
    file: 'src/vault/sealed-table.ts',
    edits: [['stored?.revision === expectedRevision', 'stored !== undefined']],
    kills: ['of claims made by two tabs at once'],
    tests: ['src/vault/sealed-store.test.ts'],
  },
  {
    name: 'vault: a downgrade of the passphrase’s stretching is read',
    file: 'src/vault/header.ts',
    edits: [['passphraseShape(value) && inBounds(value.params)', 'passphraseShape(value)']],
    kills: ['takes a header with'],
    tests: ['src/vault/vault.test.ts'],
  },
  {
    name: 'vault: the older of two whole headers counts',
    file: 'src/vault/header.ts',
    edits: [['b.header.version - a.header.version', 'a.header.version - b.header.version']],
    kills: ['takes the newer one of two whole headers'],
    tests: ['src/vault/vault.test.ts'],
  },
];
