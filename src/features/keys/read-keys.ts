/** Reads lists of keys as a session of ours, page by page. Nothing secret is in what it gives. */
import { ofRead } from '../../http/failed-read.ts';
import type { Failure } from '../../http/failure.ts';
import type { KeyRow } from '../../providers/key-row.ts';
import type { KeyList } from '../../providers/keys-face.ts';
import { callAs } from '../../refresh/call-as.ts';
import type { Hands } from '../../refresh/hands.ts';
import { factsOf } from '../../revocation/create-item.ts';

/** A list could not be read; the words are in the failure. */
export class NotListed extends Error {
  override readonly name = 'NotListed';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

const cannotAsk: Failure = {
  code: 'keys-not-askable',
  happened: 'no',
  fault: 'credential',
  sentence: 'This session does not tell whose keys to ask for.',
  next: 'Nothing was sent. Sign in by another way.',
  status: null,
};

/** A server that counts wrongly must not keep the page asking. */
const PAGES_MAX = 200;

export async function readKeys(hands: Hands, session: string, list: KeyList): Promise<readonly KeyRow[]> {
  const record = await hands.repository.get(session);
  if (!record) throw new NotListed(cannotAsk);
  const facts = factsOf(record);
  const rows = new Map<string, KeyRow>();
  let offset: number | null = 0;
  for (let pages = 0; offset !== null && pages < PAGES_MAX; pages += 1) {
    const page: { readonly offset: number; readonly limit: number } = { offset, limit: list.pageMax };
    const params = list.params(facts, page);
    if (!params) throw new NotListed(cannotAsk);
    const reply = await callAs(hands, session, list.operation, params);
    if (!reply.ok) throw new NotListed(reply.failure);
    const read = ofRead(await list.read(reply.value, page));
    if (!read.ok) throw new NotListed(read.failure);
    // What moved from one page to the next meanwhile stands here once.
    for (const row of read.value.rows) rows.set(`${row.kind} ${row.id}`, row);
    const next: number | null = read.value.nextOffset;
    offset = next !== null && next > offset ? next : null;
  }
  return [...rows.values()];
}
