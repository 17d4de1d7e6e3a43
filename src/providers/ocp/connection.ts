import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../contract.ts';

const SESSIONS_DOCUMENTED = 5;

export const realmOf = ({ settings }: Connection): string => settings['realm'] || 'master';

/** The server does not tell an ordinary user its limit, so the connection does. */
export function slotsOf({ settings }: Connection): SlotRule {
  const said = settings['sessionLimit'] ?? '';
  if (said === 'none') return { limit: 'none' };
  const limit = /^\d{1,6}$/.test(said) ? Number(said) : 0;
  return { limit: limit > 0 ? limit : SESSIONS_DOCUMENTED };
}
