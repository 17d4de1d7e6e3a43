import { useCallback, useSyncExternalStore } from 'react';
import { useTime } from '../../ui/use-time.ts';
import { openedWords } from './opened-words.ts';

/** "opened 14:31:05" where another session reads the same without it; undefined otherwise. Renders when the day turns. */
export function useOpened(openedAtMs: number, alike: boolean): string | undefined {
  const { nowMs, ticker } = useTime();
  const read = useCallback(() => (alike ? openedWords(openedAtMs, nowMs()) : undefined), [alike, openedAtMs, nowMs]);
  const subscribe = useCallback((changed: () => void) => ticker.watch(changed), [ticker]);
  return useSyncExternalStore(subscribe, read);
}
