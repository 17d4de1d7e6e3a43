/** Renames a key, or takes one back from the trash, as a session of ours. */
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, type Result } from '../../lib/result.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeyRename, KeyTrash } from '../../providers/keys-face.ts';
import { callAs } from '../../refresh/call-as.ts';

export async function renameKey(
  { hands }: Services,
  { session, row, rename, name }: { session: string; row: KeyRow; rename: KeyRename; name: string },
): Promise<Result<null, Failure>> {
  const reply = await callAs(hands, session, rename.operation, rename.params(row, name));
  return reply.ok ? rename.read(reply.value) : fail(reply.failure);
}

export async function restoreKey(
  { hands }: Services,
  { session, row, trash }: { session: string; row: KeyRow; trash: KeyTrash },
): Promise<Result<null, Failure>> {
  const { operation, params, read } = trash.restore;
  const reply = await callAs(hands, session, operation, params(row));
  return reply.ok ? read(reply.value) : fail(reply.failure);
}
