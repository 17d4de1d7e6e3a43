import type { Listed } from './order-sessions.ts';

/** Every word of the search must occur in one of the names, in any order. */
export function search(all: readonly Listed[], text: string): readonly Listed[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((listed) => {
    const names = [
      listed.session.identity.name,
      listed.providerName,
      listed.connectionName,
      listed.session.lineage.label,
    ];
    const hay = names.join('\n').toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
