/** A token fit to be handed over: refreshed first when little of it is left. */
import { endsAtMs } from '../lib/time.ts';
import type { Failure } from '../http/failure.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { noteCopy } from '../sessions/refresh-steps.ts';
import type { Hands } from './hands.ts';
import { refreshAndLook } from './refresh-and-look.ts';
import type { Refreshed } from './refresh-session.ts';
import { unlessRefused } from './storage-refuses.ts';

const LITTLE_MIN_MS = 30_000;
const LITTLE_SHARE = 0.1;
const LITTLE_MAX_MS = 300_000;
/** A token as young as this is as good as a refresh would bring, however shortly it lives. */
const JUST_MADE_MS = 1_000;

export type Fresh =
  | {
      readonly kind: 'ready';
      readonly tokens: Tokens;
      readonly record: SessionRecord;
      /** What is left of the handed-over token; null where its expiry is not reported. */
      readonly leftMs: number | null;
      readonly refreshed: boolean;
      /** Little is left and it could not be refreshed: why. */
      readonly stale: Failure | null;
    }
  | { readonly kind: 'dead'; readonly failure: Failure };

const dead: Failure = {
  code: 'token-over',
  happened: 'no',
  fault: 'credential',
  sentence: 'This token is over and could not be refreshed.',
  next: 'Nothing was copied. Sign in again.',
  status: null,
};

/** It lives on, as far as anybody knows. */
const unrefreshable: Failure = {
  code: 'not-refreshable',
  happened: 'no',
  fault: 'credential',
  sentence: 'No refresh token and no kept credential is here for it.',
  next: 'A new one takes a new sign-in.',
  status: null,
};

/** Little: less than a tenth of its life, but at least 30 s and at most 5 min. */
const littleMs = (lifeMs: number): number => Math.max(LITTLE_MIN_MS, Math.min(LITTLE_SHARE * lifeMs, LITTLE_MAX_MS));

export async function freshToken(hands: Hands, id: string): Promise<Fresh> {
  const record = await newest(hands, id);
  if (!record?.tokens) return { kind: 'dead', failure: dead };
  const wasRefused = record.tokens.refusedAtMs !== undefined;
  const leftMs = leftOf(hands, record);
  const lifeMs = leftMs === null ? null : leftMs + hands.nowMs() - record.refreshedAtMs;
  const enough =
    !wasRefused && (leftMs === null || lifeMs === null || leftMs >= littleMs(lifeMs) || lifeMs - leftMs < JUST_MADE_MS);
  if (enough) return await handOver(hands, record, false, null);

  const done = await refreshedOrHeld(hands, record);
  if (done.kind === 'refreshed' || done.kind === 'adopted') {
    return await handOver(hands, done.record, done.kind === 'refreshed', null);
  }
  const now = await newest(hands, id);
  if (!now?.tokens) return { kind: 'dead', failure: failureOf(done) };
  return await handOver(hands, now, false, failureOf(done));
}

/** Also what this tab could not store yet. */
export async function newest({ repository }: Hands, id: string): Promise<SessionRecord | undefined> {
  // Where nothing can be read, what is held is what there is.
  const stored = await repository.get(id).catch((fault: unknown) => {
    if (!repository.held().has(id)) throw fault;
    return undefined;
  });
  const held = repository.held().get(id);
  return held && held.revision > (stored?.revision ?? -1) ? held : stored;
}

/** What came of the refresh and cannot be stored yet is as good as stored: a refusal, or a new token. */
async function refreshedOrHeld(hands: Hands, { id, refreshes, revision }: SessionRecord): Promise<Refreshed> {
  const { repository } = hands;
  let stop: () => void = () => undefined;
  const held = new Promise<Refreshed>((resolve) => {
    stop = repository.onChange(() => {
      const record = repository.held().get(id);
      if (!record || record.revision <= revision) return;
      const isNew = record.refreshes > refreshes;
      resolve(isNew ? { kind: 'refreshed', record } : { kind: 'failed', failure: unstored(record) });
    });
  });
  try {
    return await Promise.race([refreshAndLook(hands, id, 'use'), held]);
  } finally {
    stop();
  }
}

const unstored = ({ signInNeeded, waiting }: SessionRecord): Failure => ({
  code: 'not-stored',
  happened: 'unknown',
  fault: 'local',
  sentence: signInNeeded?.sentence ?? waiting?.reason ?? 'What came of the refresh cannot be stored yet.',
  next: 'Keep this tab open: it is stored as soon as that works.',
  status: null,
});

async function handOver(
  hands: Hands,
  record: SessionRecord,
  refreshed: boolean,
  stale: Failure | null,
): Promise<Fresh> {
  const leftMs = leftOf(hands, record);
  if (!record.tokens || isOver(record.tokens, leftMs)) {
    return { kind: 'dead', failure: stale && stale !== unrefreshable ? stale : dead };
  }
  // A full disk is no reason not to hand over what is good.
  await unlessRefused(() => hands.repository.change(record.id, noteCopy(hands.nowMs())));
  return { kind: 'ready', tokens: record.tokens, record, leftMs, refreshed, stale };
}

/** Past the earliest end it may still be good: only the server knows. */
const isOver = ({ accessExpiry }: Tokens, leftMs: number | null): boolean =>
  leftMs !== null && leftMs <= 0 && accessExpiry.kind !== 'earliest';

function leftOf(hands: Hands, record: SessionRecord): number | null {
  if (!record.tokens) return null;
  const endMs = endsAtMs(record.tokens.accessExpiry, hands.offsetMs(record.connection));
  return endMs === undefined ? null : endMs - hands.nowMs();
}

/** A refresh that brought nothing new, in words. */
export function failureOf(done: Refreshed): Failure {
  switch (done.kind) {
    case 'failed':
      return done.failure;
    case 'uncertain':
      return {
        code: 'answer-lost',
        happened: 'unknown',
        fault: 'network',
        sentence: 'Whether the refresh took effect is not known, so the refresh token may be used up.',
        next: 'The access token is good for as long as it lives. The old refresh token is tried once more, as late as that allows.',
        status: null,
      };
    case 'busy':
      return {
        code: 'busy',
        happened: 'no',
        fault: 'local',
        sentence: 'Another refresh of this session is under way.',
        next: 'Try again in a moment.',
        status: null,
      };
    case 'impossible':
      return done.why === 'not-refreshable' ? unrefreshable : dead;
    case 'refreshed':
    case 'adopted':
      return dead;
    default:
      return done satisfies never;
  }
}
