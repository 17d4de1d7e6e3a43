/** What a vendor's server remembers: families of single-use refresh tokens, slots, idle ends, kept keys. Speaks no wire. */
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface ServerPolicy {
  /** Of an access token. */
  lifeMs: number;
  /** A session that was not refreshed for so long is over; null: never. */
  idleMs: number | null;
  /** A session as old as this is over, and no token outlives it; null: never. */
  ageMaxMs: number | null;
  /** Sessions that a user may hold at once; null: any number. */
  slotsMax: number | null;
  /** The server's clock against the true time. */
  clockAheadMs: number;
}

/** A refresh token used twice ends its family, the living access token included: the hardest of the vendors' habits. */
export type Standing = 'current' | 'superseded' | 'dead' | 'unknown';

export type Refusal = 'unknown' | 'reused' | 'over' | 'limit';

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly lifeMs: number;
  readonly refreshLifeMs: number | null;
  readonly issuedAtMs: number;
}

interface Family {
  readonly user: string;
  readonly openedAtMs: number;
  usedAtMs: number;
  current: Pair;
  over: 'no' | 'reused' | 'logged-out' | 'evicted';
}

export interface TokenServer {
  readonly policy: ServerPolicy;
  open(user: string): Pair | 'limit';
  refresh(refreshToken: string): Pair | Refusal;
  /** Either token of the newest pair; any other has no effect and is no error (RFC 7009 section 2.2). */
  end(token: string): void;
  /** As an administrator, or somebody else's sign-in, ends it. */
  evict(refreshToken: string): void;
  /** It forgets every session, and no slot is held any more. */
  restart(): void;
  isLive(accessToken: string): boolean;
  standing(refreshToken: string): Standing;
  /** Families that hold a slot now. */
  openSessions(): number;
  /** Every token that it ever handed out. */
  readonly secrets: readonly string[];
  /** By the server's own clock. */
  nowMs(): number;
}

const endOf = ({ issuedAtMs, lifeMs }: Pair): number => issuedAtMs + lifeMs;

const defaults: ServerPolicy = { lifeMs: 60_000, idleMs: null, ageMaxMs: null, slotsMax: null, clockAheadMs: 0 };

export function createTokenServer(time: VirtualTime, chance: Chance, differs: Partial<ServerPolicy> = {}): TokenServer {
  const policy = { ...defaults, ...differs };
  const families = new Map<string, Family>();
  const secrets: string[] = [];

  const secret = (): string => {
    const word = chance.secret();
    secrets.push(word);
    return word;
  };

  const endsAtMs = ({ openedAtMs, usedAtMs }: Family): number =>
    Math.min(
      policy.idleMs === null ? Infinity : usedAtMs + policy.idleMs,
      policy.ageMaxMs === null ? Infinity : openedAtMs + policy.ageMaxMs,
    );

  const isOpen = (family: Family): boolean => family.over === 'no' && endsAtMs(family) > time.nowMs;

  function issue(openedAtMs: number): Pair {
    const leftMs = policy.ageMaxMs === null ? Infinity : openedAtMs + policy.ageMaxMs - time.nowMs;
    const refreshLifeMs = Math.min(policy.idleMs ?? Infinity, leftMs);
    return {
      accessToken: secret(),
      refreshToken: secret(),
      lifeMs: Math.min(policy.lifeMs, leftMs),
      refreshLifeMs: refreshLifeMs === Infinity ? null : refreshLifeMs,
      issuedAtMs: time.nowMs,
    };
  }

  function adopt(family: Family, pair: Pair): Pair {
    family.current = pair;
    family.usedAtMs = time.nowMs;
    families.set(pair.refreshToken, family);
    families.set(pair.accessToken, family);
    return pair;
  }

  const all = (): readonly Family[] => [...new Set(families.values())];

  const server: TokenServer = {
    policy,
    secrets,
    nowMs: () => time.nowMs + policy.clockAheadMs,
    open(user) {
      const held = all().filter((family) => family.user === user && isOpen(family)).length;
      if (policy.slotsMax !== null && held >= policy.slotsMax) return 'limit';
      const pair = issue(time.nowMs);
      return adopt({ user, openedAtMs: time.nowMs, usedAtMs: time.nowMs, current: pair, over: 'no' }, pair);
    },
    refresh(refreshToken) {
      const family = families.get(refreshToken);
      if (!family) return 'unknown';
      if (!isOpen(family)) return family.over === 'reused' ? 'reused' : 'over';
      if (family.current.refreshToken !== refreshToken) {
        family.over = 'reused';
        return 'reused';
      }
      return adopt(family, issue(family.openedAtMs));
    },
    end(token) {
      const family = families.get(token);
      if (!family || !isOpen(family)) return;
      const { accessToken, refreshToken } = family.current;
      if (token === accessToken || token === refreshToken) family.over = 'logged-out';
    },
    evict(refreshToken) {
      const family = families.get(refreshToken);
      if (family) family.over = 'evicted';
    },
    restart: () => families.clear(),
    isLive(accessToken) {
      const family = families.get(accessToken);
      return family?.current.accessToken === accessToken && isOpen(family) && endOf(family.current) > time.nowMs;
    },
    standing(refreshToken) {
      const family = families.get(refreshToken);
      if (!family) return 'unknown';
      if (!isOpen(family)) return 'dead';
      return family.current.refreshToken === refreshToken ? 'current' : 'superseded';
    },
    openSessions: () => all().filter(isOpen).length,
  };
  return server;
}
