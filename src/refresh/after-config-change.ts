import type { Hello } from '../http/envelope.ts';
import type { Repository } from '../sessions/repository.ts';
import { stopWaitingForPerson } from '../sessions/transitions.ts';

/**
 * The operator's file changed. What a session waited for a person with may be mended by that, so each session of a changed
 * connection may try once more, provided that the connection names the server its secrets belong to.
 */
export async function afterConfigChange(repository: Repository, before: Hello, after: Hello): Promise<void> {
  const known = new Set(before.connections.map((connection) => JSON.stringify(connection)));
  const changed = after.connections.filter((connection) => !known.has(JSON.stringify(connection)));
  if (changed.length === 0) return;
  for (const { id, connection, baseUrl } of await repository.list()) {
    if (!changed.some((each) => each.id === connection && each.baseUrl === baseUrl)) continue;
    await repository.change(id, stopWaitingForPerson);
  }
}
