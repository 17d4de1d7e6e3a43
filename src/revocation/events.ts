import type { Reading, SessionFacts, Stage } from '../providers/ending.ts';
import type { Fault, Happened } from '../http/failure.ts';
import type { CallIntent, JobRecord } from './job.ts';

/** What a vendor's table made of an answer that its reader left alone. Without a secret. */
export interface Trouble {
  readonly fault: Fault;
  readonly happened: Happened;
  readonly words: string;
}

interface Of {
  readonly item: string;
  readonly nowMs: number;
}

interface OfStep extends Of {
  readonly step: string;
}

/** Of a call: the nonce of its intent, or null where it had none. An answer settles the call with its own nonce alone. */
interface OfCall extends OfStep {
  readonly nonce: string | null;
}

/** What can happen to a job. One that does not fit its state changes nothing: it came late, or twice. */
export type JobEvent =
  | { readonly type: 'start'; readonly nowMs: number }
  /** More things for a job that is not closed. `title`: of all of them. */
  | ({ readonly type: 'add'; readonly nowMs: number } & Pick<JobRecord, 'title' | 'items' | 'secrets'>)
  /** `null`: all that have not begun. */
  | { readonly type: 'cancel'; readonly item: string | null; readonly nowMs: number }
  /** Written before a call that touches something is sent. */
  | (OfStep & { readonly type: 'claim'; readonly intent: CallIntent })
  /** `serverMs`: `nowMs` by the server's clock. */
  | (OfCall & { readonly type: 'read'; readonly reading: Reading<Stage>; readonly serverMs?: number })
  | (OfStep & { readonly type: 'skip'; readonly words: string })
  /** Answered or not, the reader had nothing to say. `waitMs`: how long to leave the server alone. */
  | (OfCall & { readonly type: 'trouble'; readonly trouble: Trouble; readonly waitMs: number })
  /** It was sent, and neither page nor gateway has an answer. */
  | (OfCall & { readonly type: 'lost'; readonly words: string })
  /** The session's token was refused and there is a new one: the same call is due again. Nothing took effect. */
  | (OfCall & { readonly type: 'renewed' })
  | { readonly type: 'tick'; readonly nowMs: number }
  /** A person has done what the step asks for, need no longer wait, or does without the evidence that could not be read. */
  | (OfStep & { readonly type: 'confirm' })
  /** The same person is signed in again. */
  | (Of & { readonly type: 'session'; readonly as: SessionFacts })
  /** Whoever it was up to has mended it. */
  | (Of & { readonly type: 'resume' })
  /** Read and try it once more. */
  | (Of & { readonly type: 'prove' })
  /** End it once more: only where a reading said that it is still there, else it is read first. */
  | (Of & { readonly type: 'repeat' })
  /**
   * Into the history, and every secret is dropped. What is not settled is given up: a call under way is awaited before,
   * unless `unheard`.
   */
  | { readonly type: 'close'; readonly unheard?: true; readonly nowMs: number };
