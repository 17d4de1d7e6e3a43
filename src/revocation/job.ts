/**
 * A job: things to be ended, and how far each has come. Plain data that can be written down, so that a reload goes on where
 * it stood. Nothing here is secret but `secrets`, which no view has. Times are milliseconds on the hybrid clock.
 */
import type {
  Actor,
  Ending,
  Evidence,
  Says,
  SessionFacts,
  Stage,
  Survivor,
  Thing,
  Watch,
} from '../providers/ending.ts';
import type { KeyRow } from '../providers/key-row.ts';
import type { Verdict } from '../providers/session-face.ts';

export interface JobRecord {
  readonly id: string;
  /** Raised by every write. The compare-and-set reads it. */
  readonly revision: number;
  /** `check` only looks; it is put into the history once it has looked. */
  readonly kind: 'revoke' | 'rotate' | 'create' | 'contain' | 'check';
  readonly title: string;
  readonly createdAtMs: number;
  /** Null while it may still be changed and cancelled as a whole. */
  readonly startedAtMs: number | null;
  /** Put into the history by a person. */
  readonly closedAtMs: number | null;
  /** Nothing begins any more; it is closed once the calls that were sent are answered. Absent: it was not given up. */
  readonly givenUpAtMs?: number;
  /** When a person last added to it or asked it for something. Absent: not since it was started. */
  readonly pressedAtMs?: number;
  readonly items: readonly Item[];
  /** By item, then by name: what was pasted or carried. Sealed in the vault, else in memory alone. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a screen reads. */
export type JobView = Omit<JobRecord, 'secrets'>;

export function viewOfJob({ secrets: _secret, ...view }: JobRecord): JobView {
  return view;
}

/** Something leaked or may have: its evidence, calls and verdicts are kept. So is a key that is ended before another takes its place. */
export const isIncident = ({ kind, items }: JobView): boolean =>
  kind === 'revoke' || kind === 'contain' || (kind === 'rotate' && items.some(endsFirst));

function endsFirst({ steps }: Item): boolean {
  const end = steps.findIndex(({ stage }) => stage === 'end');
  return end >= 0 && end < steps.findIndex(({ stage }) => stage === 'create');
}

/** Stands on the incident board until a person closes it. Any other rotation is followed where keys are, a check where it is asked for. */
export const isOnBoard = (job: JobView): boolean =>
  job.closedAtMs === null &&
  (job.kind === 'check' ? job.items.some(({ state }) => state.is === 'paused') : isIncident(job));

export interface Item {
  readonly id: string;
  readonly provider: string;
  readonly connection: string;
  /** The server that the secrets belong to. Every call sends it, and the gateway refuses another. */
  readonly baseUrl: string;
  readonly thing: Thing;
  /** Of the vendor's `endings` or `moves` of this thing. */
  readonly ending: Pick<Ending, 'id' | 'label' | 'goal' | 'dies' | 'survives' | 'endsSessions'>;
  /** What a person typed for it, as the vendor's `moves` were asked with. Never a secret. */
  readonly values: Readonly<Record<string, string>>;
  /** What the ending was offered for: the same means give the same steps again. */
  readonly means: { readonly secret: boolean; readonly own: boolean };
  /**
   * The session that calls are made as; null where none is needed. A new one of the same person may take its place:
   * another person's answers would prove nothing.
   */
  readonly as: SessionFacts | null;
  readonly steps: readonly StepOutline[];
  readonly state: ItemState;
  /** What each step gave, in the order in which it came; a step that was repeated stands there again. */
  readonly marks: readonly Mark[];
  /** Taken as early as anything was known; nothing overwrites it. What had touched it by then: `keptWords`. */
  readonly evidence: KeptEvidence | null;
  /** It was chosen from a list, or found. `bySame`: by the session that is asked here. */
  readonly seen?: { readonly atMs: number; readonly bySame: boolean };
  /** A job before this one had tried it, so that its last use may be this console's own. */
  readonly usedHere?: UsedHere;
  readonly finding: Finding | null;
  /** Secrets that a step carried and that a person is asked to copy; dropped here once that is confirmed. */
  readonly shows: readonly { readonly name: string; readonly label: string }[];
  readonly ends: {
    /** How often its ending call was written down as about to be sent and then not certainly unsent. */
    readonly sent: number;
    /** Something that was read or tried after the last one said that it is still there. Without it none is sent again. */
    readonly mayRepeat: boolean;
  };
}

/** What the pure step must know of a step; the call itself stays in the vendor's folder. */
export interface StepOutline {
  readonly id: string;
  readonly stage: Stage;
  readonly kind: 'call' | 'guide';
  readonly label: string;
  /** What is sent, or what the person's button says. */
  readonly says: string;
  readonly as: Actor;
  /** Its call changes something at the vendor, so it is written down before it is sent and never simply repeated. */
  readonly touches: boolean;
  readonly asked: boolean;
  readonly watch: Watch | null;
  readonly seenBy?: string;
}

export type ItemState =
  /** Nothing was sent. The only state that can be cancelled. */
  | { readonly is: 'planned' }
  | { readonly is: 'cancelled' }
  /** Its next call is due; `sinceMs` keeps the order. */
  | { readonly is: 'ready'; readonly step: string; readonly sinceMs: number; readonly tries: number }
  /** A call that touches something is about to be sent, or was: the intent is written before. Readings need none. */
  | { readonly is: 'calling'; readonly step: string; readonly tries: number; readonly intent: CallIntent }
  /** Nothing is sent before `untilMs`: refused for a while, or a watch. */
  | {
      readonly is: 'waiting';
      readonly step: string;
      readonly untilMs: number;
      readonly tries: number;
      readonly why: string;
    }
  /**
   * Goes on at this step once somebody is signed in as `Item.identity`, the operator has mended the connection, or a person
   * has said whether to go on without evidence.
   */
  | {
      readonly is: 'paused';
      readonly step: string;
      readonly for: 'sign-in' | 'operator' | 'evidence';
      readonly why: string;
    }
  /** A person has something to do elsewhere, and says so. */
  | { readonly is: 'person'; readonly step: string }
  /** Everything was done that can be; `Item.finding` says what it proved. It stays until somebody closes the job. */
  | { readonly is: 'settled'; readonly atMs: number };

export interface KeptEvidence extends Evidence {
  readonly takenAtMs: number;
  /** As the list had it from which the thing was chosen. A reading of the job's own takes its place, unless it used the thing. */
  readonly listed?: true;
}

export interface UsedHere {
  readonly atMs: number;
  /** As it stood before this console used it first. */
  readonly lastUseBefore: KeyRow['lastUse'];
}

export interface CallIntent {
  /** By this the gateway knows the call again. */
  readonly nonce: string;
  readonly boot: string;
  readonly sentAtMs: number;
}

export interface Mark {
  readonly step: string;
  readonly stage: Stage;
  readonly atMs: number;
  readonly says: Says[Stage] | 'skipped' | 'lost' | 'failed';
  readonly words: string;
  readonly qualifier?: string;
  /** `atMs` by the server's clock, where something was read. */
  readonly serverMs?: number;
  /** Of a watch over the last use. */
  readonly mark?: string;
  /** See `Reading.unsure`. */
  readonly unsure?: string;
}

/** What the steps proved. */
export interface Finding {
  readonly verdict: Verdict;
  /** The verdict is what was wanted. */
  readonly asWanted: boolean;
  /** "over REST" */
  readonly qualifier: string | null;
  readonly words: string;
  readonly atMs: number;
  readonly survives: readonly Survivor[];
  /** The vendor lets somebody else do it. */
  readonly notYours: boolean;
}
