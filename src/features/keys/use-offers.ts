import { useCallback } from 'react';
import { useServices, useSessions } from '../../console/use-services.ts';
import { runningWith } from '../../revocation/same-thing.ts';
import { actorFor } from './askers.ts';
import type { KeyEntry } from './key-entry.ts';
import { meansFor, movesOf, placeOf } from './key-jobs.ts';
import type { KeyOffer } from './key-line.tsx';
import type { Source } from './use-inventory.ts';

export const sourceOf = (
  sources: readonly Source[],
  { connection }: Pick<KeyEntry, 'connection'>,
): Source | undefined => sources.find((one) => one.connection.id === connection);

/** What can be done with a key by whoever is signed in. */
export function useOffers(sources: readonly Source[]): (entry: KeyEntry) => readonly KeyOffer[] {
  const sessions = useSessions();
  const { jobs } = useServices();
  return useCallback(
    (entry) => {
      const source = sourceOf(sources, entry);
      const face = source?.face;
      if (!source || !face) return [facts];
      const like = face.create && entry.row ? face.create.like(entry.row) : {};
      const [move] = movesOf(entry, { face, connection: source.connection }, meansFor(entry, face, sessions), like);
      const mayRename = face.rename && entry.row && actorFor(sessions, entry, face.rename.ways);
      // Read as the menu opens: a job that goes on changes no row.
      const running = runningWith(jobs.now()?.state.getState().jobs ?? [], placeOf(entry));
      return [
        ...(running ? [{ action: 'follow', label: 'What is being done…', hint: running.title } as const] : []),
        ...(move && !running
          ? [
              {
                action: 'rotate',
                label: `${move.label.split(':')[0] ?? ''}…`,
                hint: 'Makes another one in its place.',
              } as const,
            ]
          : []),
        ...(mayRename ? [{ action: 'rename', label: 'Rename…', hint: 'The key itself stays.' } as const] : []),
        facts,
        ...(running ? [] : [revoke]),
      ];
    },
    [sources, sessions, jobs],
  );
}

const revoke: KeyOffer = { action: 'revoke', label: 'Revoke…', hint: 'Shows what would be sent, and proves it dead.' };

const facts: KeyOffer = { action: 'facts', label: 'Details', hint: 'Sends nothing.' };
