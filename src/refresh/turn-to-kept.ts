/**
 * A refresh token that is over, refused or perhaps used up, where the credential that opened the session is kept: the token
 * is dropped, so that nothing sends it again, and the credential mints the next one.
 */
import type { Failure } from '../http/failure.ts';
import type { RefreshFace, SessionFace } from '../providers/session-face.ts';
import type { Credential } from '../sessions/credential.ts';
import type { Intent, SessionRecord, Waiting } from '../sessions/record.ts';
import { dropRefreshToken } from '../sessions/refresh-steps.ts';
import type { Hands } from './hands.ts';

/**
 * What refreshes this session now. A refresh token that is here is always sent first; the answer to an open intent is read
 * alike, because nothing drops the token while one is open.
 */
export function refreshFaceOf({ refresh }: SessionFace, { tokens, lineage }: SessionRecord): RefreshFace | undefined {
  const isGone = lineage.kept && tokens !== null && tokens.refreshToken === undefined;
  return refresh?.kind === 'single-use' && isGone && refresh.anew ? refresh.anew : refresh;
}

/** The refresh token is not sent again where a kept credential can mint. */
export const answerMissing: Failure = {
  code: 'answer-lost',
  happened: 'unknown',
  fault: 'network',
  sentence: 'The answer to a refresh went missing, so the refresh token was dropped.',
  next: 'The kept key mints the next token in a moment. Refresh does it at once.',
  status: null,
};

/** Where nobody is left who saw what came back. */
export const MINT_LOST: Failure = {
  code: 'mint-answer-lost',
  happened: 'unknown',
  fault: 'network',
  sentence: 'A new token was asked for, and the answer is lost.',
  next: 'One may have been issued that nobody holds; it ends by itself. Refresh asks again.',
  status: null,
};

/** True where the kept credential takes over; then nothing is left for the caller to write. */
export async function turnedToKept(
  {
    hands,
    id,
    refresh,
    kept,
  }: {
    readonly hands: Hands;
    readonly id: string;
    readonly refresh: RefreshFace;
    readonly kept: Credential | undefined;
  },
  record: SessionRecord,
  intent: Intent,
  waiting: Waiting | null,
): Promise<boolean> {
  if (refresh.kind !== 'single-use' || !refresh.anew || !kept) return false;
  return (await hands.repository.change(id, dropRefreshToken(intent, waiting), record)).ok;
}
