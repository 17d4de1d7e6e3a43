/** The session of a browser that is signed in at the server's own pages. */
import { randomBytes } from 'node:crypto';
import { mayEnter } from './people.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

export interface WebSession {
  readonly userId: number;
  /** Seconds since 1970. */
  readonly signedInAt: number;
}

export interface WebUser {
  readonly person: Person;
  readonly session: WebSession;
}

/** The real name begins with `__Host-`, which needs https. */
export const sessionCookie = 'TULEAP_session_hash';

export function openWebSession({ webSessions, clock }: World, userId: number): string {
  const value = `${webSessions.size + 1}.${randomBytes(16).toString('hex')}`;
  webSessions.set(value, { userId, signedInAt: clock.nowSeconds() });
  return value;
}

export const setCookie = (value: string): string => `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax`;

export function webUser({ webSessions, people }: World, headers: Headers): WebUser | null {
  const cookies = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const value = cookies.find((pair) => pair.startsWith(`${sessionCookie}=`))?.slice(sessionCookie.length + 1);
  const session = webSessions.get(value ?? '');
  const person = session && people.get(session.userId);
  return person && mayEnter(person) ? { person, session } : null;
}
