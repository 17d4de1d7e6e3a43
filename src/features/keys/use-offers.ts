import { useCallback } from 'react';
import { useSessions } from '../../console/use-services.ts';
import { actorFor } from './askers.ts';
import type { KeyEntry } from './key-entry.ts';
import { meansFor, movesOf } from './key-jobs.ts';
import type { KeyOffer } from './key-line.tsx';
import type { Source } from './use-inventory.ts';

export const sourceOf = (
  sources: readonly Source[],
  { connection }: Pick<KeyEntry, 'connection'>,
): Source | undefined => sources.find((one) => one.connection.id === connection);

/** What can be done with a key by whoever is signed in. */
export function useOffers(sources: readonly Source[]): (entry: KeyEntry) => readonly KeyOffer[] {
  const sessions = useSessions();
  return useCallback(
    (entry) => {
      const source = sourceOf(sources, entry);
      const face = source?.face;
      if (!source || !face) return [facts];
      const like = face.create && entry.row ? face.create.like(entry.row) : {};
      const [move] = movesOf(entry, { face, connection: source.connection }, meansFor(entry, face, sessions), like);
      const mayRename = face.rename && entry.row && actorFor(sessions, entry, face.rename.ways);
      return [
        ...(move
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
        { action: 'revoke', label: 'Revoke…', hint: 'Shows what would be sent, and proves it dead.' },
      ];
    },
    [sources, sessions],
  );
}

const facts: KeyOffer = { action: 'facts', label: 'Details', hint: 'Sends nothing.' };
