/**
 * The vault's own code on a page, for `vault.bench.mjs`: fills a vault with sessions, writes tokens into it, and hands out
 * what lies in the database, so that it can be laid under a console at another address.
 */
import { createBroadcast } from '../../src/lib/channel.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { SessionRecord } from '../../src/sessions/record.ts';
import { openDatabase } from '../../src/vault/database.ts';
import { sessionKind } from '../../src/vault/kinds.ts';
import type { PasskeyPort } from '../../src/vault/passkey.ts';
import { createReopening } from '../../src/vault/reopening.ts';
import { createSealedStore, readWritten, type SealedStore } from '../../src/vault/sealed-store.ts';
import { createVault } from '../../src/vault/change-vault.ts';
import { sessionRecord } from '../../test/session-record.ts';

const DAY_MS = 86_400_000;
/** As long as a Keycloak's. */
const TOKEN_LENGTH = 1_200;

const nothing = (): void => undefined;
const connection = createReopening(openDatabase, nothing);
const noPasskeys: PasskeyPort = { enrol: () => Promise.resolve('no-prf'), open: () => Promise.resolve('cancelled') };

let store: SealedStore<SessionRecord> | undefined;

/** A vault of that passphrase with so many sessions; none of them is due within the day. */
async function fill(passphrase: string, count: number): Promise<void> {
  const ports = { connection, random: systemRandom, passkeys: noPasskeys, nowMs: () => Date.now() };
  const made = await createVault(ports, passphrase);
  if (!made.ok) throw new Error(`There is no vault: ${made.failure}`);
  store = createSealedStore(
    {
      connection,
      keys: made.value,
      random: systemRandom,
      channel: createBroadcast('keyward.bench', readWritten),
      pause: (delayMs) => new Promise((resolve) => void setTimeout(resolve, delayMs)),
      onWrite: nothing,
      onHeld: nothing,
      onDamaged: nothing,
    },
    sessionKind,
  );
  for (let n = 0; n < count; n += 1) await store.insert(session(n));
}

function session(n: number): SessionRecord {
  const nowMs = Date.now();
  return sessionRecord({
    id: `session-${n}`,
    connection: 'bench',
    provider: 'ocp',
    baseUrl: 'http://127.0.0.1:9',
    identity: { name: `user-${n}` },
    tokens: tokens(n, nowMs),
    firstLifeMs: DAY_MS,
    openedAtMs: nowMs,
    refreshedAtMs: nowMs,
  });
}

const tokens = (n: number, nowMs: number): SessionRecord['tokens'] => ({
  accessToken: `not-a-real-access-token-${n}-`.padEnd(TOKEN_LENGTH, 'x'),
  accessExpiry: { kind: 'relative', lifeMs: DAY_MS, anchorMs: nowMs },
  refreshToken: `not-a-real-refresh-token-${n}-`.padEnd(TOKEN_LENGTH, 'x'),
  refreshExpiry: { kind: 'relative', lifeMs: 7 * DAY_MS, anchorMs: nowMs },
  facts: [],
});

/** Stores a new pair so many times; milliseconds of each. */
async function write(times: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const before = await store?.get('session-5');
    if (!before) throw new Error('There is no such session');
    const next = { ...before, revision: before.revision + 1, tokens: tokens(n, Date.now()) };
    const startMs = performance.now();
    if (!(await store?.replace(next, before.revision))) throw new Error('Nothing was written');
    took.push(performance.now() - startMs);
  }
  return took;
}

/** Everything in the database, as JSON; bytes as arrays of numbers. */
async function dump(): Promise<string> {
  return await connection.run(async (database) => {
    const header = async (key: 'a' | 'b') => [key, await database.get('headers', key)] as const;
    const rows = (await database.getAll('rows')).map((row) => ({ ...row, iv: [...row.iv], ct: [...row.ct] }));
    return JSON.stringify({ headers: [await header('a'), await header('b')], rows });
  });
}

Object.assign(globalThis, { fill, write, dump });
