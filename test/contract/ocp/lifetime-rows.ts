import { expect, it } from 'vitest';
import { type Target } from './target.ts';
import {
  accountSessions,
  asAdministrator,
  bearer,
  countSessions,
  listOf,
  refresh,
  signedIn,
  signIn,
  tokensOf,
} from './wire.ts';

const over = { status: 400, json: { error: 'invalid_grant', error_description: 'Token is not active' } };

/** The contract's rows about how long things live. Seconds are real ones at a real server, so they are few. */
export function describeLifetimeRows(target: () => Target): void {
  it('idle: refresh_expires_in says it exactly, and the slot is free at once', async () => {
    await target().configure({ idleSeconds: 4 });
    const person = await target().addPerson();
    const answer = await signIn(target(), person);
    expect(answer.json['refresh_expires_in']).toBe(4);
    await target().pass(2);
    expect(await countSessions(target(), person)).toBe(1);
    await target().pass(3);
    expect(await countSessions(target(), person)).toBe(0);
    expect(await refresh(target(), tokensOf(answer).refresh)).toMatchObject(over);
  });

  it('the longest life of a session: both lives shrink together as its end comes near', async () => {
    await target().configure({ sessionSecondsMax: 8 });
    const person = await target().addPerson();
    const first = await signIn(target(), person);
    expect(first.json['expires_in']).toBe(first.json['refresh_expires_in']);
    // The answer may be of the next second.
    expect([7, 8]).toContain(first.json['expires_in']);
    await target().pass(4);
    const second = await refresh(target(), tokensOf(first).refresh);
    expect(second.json['expires_in']).toBe(second.json['refresh_expires_in']);
    expect([3, 4]).toContain(second.json['expires_in']);
    await target().pass(5);
    expect(await refresh(target(), tokensOf(second).refresh)).toMatchObject(over);
  });

  it('the life of a client’s part: a refresh after it is refused and takes that part along, and the slot stays used', async () => {
    const person = await target().addPerson();
    const { refresh: refreshToken } = await signedIn(target(), person);
    // Set afterwards: a token that knows of it ends no later.
    await target().configure({ clientSessionSecondsMax: 1 });
    await target().pass(2.1);
    expect(await refresh(target(), refreshToken)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Client session not active' },
    });
    const listed = listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`));
    expect(listed).toMatchObject([{ clients: {} }]);
    expect((await refresh(target(), refreshToken)).json['error_description']).toBe(
      "Session doesn't have required client",
    );
    expect(await countSessions(target(), person)).toBe(1);
    const { json } = await signIn(target(), person);
    expect(json['expires_in']).toBe(json['refresh_expires_in']);
    expect([0, 1]).toContain(json['expires_in']);
  });

  it('refreshing prolongs a session; listing it does not', async () => {
    await target().configure({ idleSeconds: 5 });
    const person = await target().addPerson();
    const refreshed = await signedIn(target(), person);
    const listed = await signedIn(target(), person);
    await target().pass(3);
    expect((await refresh(target(), refreshed.refresh)).status).toBe(200);
    const look = await accountSessions(target(), { accept: 'application/json', ...bearer(listed.access) });
    expect(look.status).toBe(200);
    await target().pass(3);
    expect(await countSessions(target(), person)).toBe(1);
    expect((await refresh(target(), listed.refresh)).status).toBe(400);
  });
}
