import { formatDateTime, formatMoment } from '../../lib/format-time.ts';
import type { Listed } from './order-sessions.ts';
import { whereWords } from './where-words.ts';

/** "opened 14:31:05", and with its date where that is not today: what tells two sessions of one user apart. */
export function openedWords(openedAtMs: number, nowMs: number): string {
  const short = formatMoment(openedAtMs, nowMs);
  return `opened ${/^\d\d:\d\d:\d\d$/.test(short) ? short : formatDateTime(openedAtMs)}`;
}

/** "bob, OCP (demo)", with the time of opening where that alone would name two sessions. */
export function whoseWords({ session, providerName, connectionName, alike }: Listed, nowMs: number): string {
  const whose = `${session.identity.name}, ${whereWords(providerName, connectionName)}`;
  return alike ? `${whose}, ${openedWords(session.openedAtMs, nowMs)}` : whose;
}
