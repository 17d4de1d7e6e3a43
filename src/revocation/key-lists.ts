/** The keys that the sessions at hand may list, asked for by a person: to find a pasted one among them without sending it. */
import type { Failure } from '../http/failure.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { KeyList, KeysFace } from '../providers/keys-face.ts';
import type { KeyRow } from '../providers/key-row.ts';
import { callAs } from '../refresh/call-as.ts';
import type { Hands } from '../refresh/hands.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { factsOf } from './create-item.ts';

export interface ListedRow {
  readonly row: KeyRow;
  /** The session that listed it. */
  readonly by: string;
}

const PAGES_MAX = 50;

/** Rows of every living session of the connection. Fails where one of them could not be asked to the end. */
export async function listRows(
  hands: Hands,
  { list }: Pick<KeysFace, 'list'>,
  connection: string,
): Promise<Result<readonly ListedRow[], Failure>> {
  const found: ListedRow[] = [];
  for (const session of list ? await askable(hands, list, connection) : []) {
    const rows = list ? await rowsBy(hands, list, session) : succeed([]);
    if (!rows.ok) return rows;
    found.push(...rows.value.map((row) => ({ row, by: session.id })));
  }
  return succeed(found);
}

const askable = async (
  { repository }: Pick<Hands, 'repository'>,
  { ways }: KeyList,
  connection: string,
): Promise<readonly SessionRecord[]> =>
  (await repository.list()).filter(
    ({ connection: at, tokens, ended, signInNeeded, lineage }) =>
      at === connection && tokens && !ended && !signInNeeded && ways.includes(lineage.way),
  );

async function rowsBy(
  hands: Hands,
  list: KeyList,
  session: SessionRecord,
): Promise<Result<readonly KeyRow[], Failure>> {
  const rows: KeyRow[] = [];
  for (let offset: number | null = 0, pages = 0; offset !== null && pages < PAGES_MAX; pages += 1) {
    const page = { offset, limit: list.pageMax };
    const params = list.params(factsOf(session), page);
    if (!params) return succeed(rows);
    const reply = await callAs(hands, session.id, list.operation, params);
    if (!reply.ok) return reply;
    const read = await list.read(reply.value, page);
    if (!read.ok) return fail(read.failure);
    rows.push(...read.value.rows);
    offset = read.value.nextOffset;
  }
  return succeed(rows);
}
