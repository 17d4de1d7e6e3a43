import type { SessionRecord } from '../src/sessions/record.ts';

/** A session of an hour that was opened at 0, with obviously false secrets. A test says what differs. */
export function sessionRecord(differs: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'session-1',
    connection: 'acme',
    provider: 'toy',
    baseUrl: 'https://toy.example',
    identity: { name: 'alice' },
    lineage: { way: 'password', label: 'User name and password', credential: 'credential-1', kept: false },
    tokens: {
      accessToken: 'not-a-real-access-token',
      accessExpiry: { kind: 'relative', lifeMs: 3_600_000, anchorMs: 0 },
      refreshToken: 'not-a-real-refresh-token',
      refreshExpiry: { kind: 'relative', lifeMs: 7 * 86_400_000, anchorMs: 0 },
      facts: [],
    },
    generation: 0,
    revision: 0,
    intent: null,
    uncertain: null,
    waiting: null,
    failures: 0,
    signInNeeded: null,
    ended: null,
    keepFresh: true,
    holdsSlot: false,
    firstLifeMs: 3_600_000,
    openedAtMs: 0,
    refreshes: 0,
    refreshedAtMs: 0,
    copiedAtMs: null,
    ...differs,
  };
}
