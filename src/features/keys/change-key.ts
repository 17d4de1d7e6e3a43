/** Renames a key, or takes one back from the trash, as a session of ours; what the server then shows decides, not its yes. */
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeyList, KeyRename, KeyTrash } from '../../providers/keys-face.ts';
import { cleanName } from '../../providers/pasted.ts';
import { callAs } from '../../refresh/call-as.ts';
import type { Hands } from '../../refresh/hands.ts';
import { NotListed, readKeys } from './read-keys.ts';

interface Change {
  readonly session: string;
  readonly row: KeyRow;
  /** What is read afterwards. */
  readonly list: KeyList;
}

export async function renameKey(
  { hands }: Services,
  { session, row, list, rename, name }: Change & { readonly rename: KeyRename; readonly name: string },
): Promise<Result<null, Failure>> {
  const reply = await callAs(hands, session, rename.operation, rename.params(row, name));
  const said = reply.ok ? rename.read(reply.value) : fail(reply.failure);
  if (!said.ok) return said;
  const read = await rowIn(hands, session, list, row);
  if (!read.ok) return fail(notRead(read.failure));
  if (read.value === null) return fail(notDone('the list has no such key any more'));
  const { name: now } = read.value;
  return now === shownName(cleanName(name))
    ? succeed(null)
    : fail(notDone(now === 'not-reported' ? 'the list shows no name' : `the list reads “${now}”`));
}

export async function restoreKey(
  { hands }: Services,
  { session, row, list, trash }: Change & { readonly trash: KeyTrash },
): Promise<Result<null, Failure>> {
  const { operation, params, read } = trash.restore;
  const reply = await callAs(hands, session, operation, params(row));
  const said = reply.ok ? read(reply.value) : fail(reply.failure);
  if (!said.ok) return said;
  const listed = await rowIn(hands, session, list, row);
  const dropped = await rowIn(hands, session, trash.list, row);
  if (!listed.ok) return fail(notRead(listed.failure));
  if (!dropped.ok) return fail(notRead(dropped.failure));
  if (dropped.value !== null) return fail(notDone('it still lies in the trash'));
  return listed.value === null ? fail(notDone('it stands neither in the list nor in the trash')) : succeed(null);
}

async function rowIn(
  hands: Hands,
  session: string,
  list: KeyList,
  { kind, id }: KeyRow,
): Promise<Result<KeyRow | null, Failure>> {
  try {
    const rows = await readKeys(hands, session, list);
    return succeed(rows.find((one) => one.kind === kind && one.id === id) ?? null);
  } catch (error) {
    if (!(error instanceof NotListed)) throw error;
    return fail(error.failure);
  }
}

const notDone = (shown: string): Failure => ({
  code: 'change-not-seen',
  happened: 'no',
  fault: 'provider',
  sentence: `The server said yes, and ${shown}.`,
  next: 'It was not done. Try again, or look in the vendor’s own pages.',
  status: null,
});

const notRead = ({ sentence }: Failure): Failure => ({
  code: 'change-not-read',
  happened: 'unknown',
  fault: 'provider',
  sentence: 'The server said yes; what it did could not be read.',
  next: `${sentence} Read the list again before anything is repeated.`,
  status: null,
});
