/** A vendor with one key, for tests: what becomes of a call to it, and what it answers. */
import type { Says, Stage } from '../providers/ending.ts';
import type { StepOutline } from './job.ts';

export type Answer = Says[Stage];

/** A server with one key, and what becomes of a call to it. */
export interface Vendor {
  exists: boolean;
  /** Times that an ending call reached it and could have worked. */
  deletes: number;
  /** A reading that was taken in said, since the last such call, that the key is there. */
  seenSince: boolean;
  seenBefore: boolean;
  /** New keys that it made. */
  made: number;
  /** The call that makes one was answered: with the key, or with a refusal. */
  isAnswered: boolean;
}

export type Fate =
  | 'works'
  | 'says-yes-and-does-nothing'
  | 'works-and-is-lost'
  | 'is-lost-on-the-way'
  | 'not-sent'
  | 'signed-out'
  | 'forbidden'
  | 'busy'
  | 'server-error'
  | 'crash-before'
  | 'crash-after'
  | 'refuses';

export const fates: readonly Fate[] = [
  ...(['works', 'works', 'works', 'says-yes-and-does-nothing', 'works-and-is-lost', 'is-lost-on-the-way'] as const),
  ...(['not-sent', 'signed-out', 'forbidden', 'busy', 'server-error', 'crash-before', 'crash-after'] as const),
  'refuses',
];

export function sayOf({ stage, asked }: StepOutline, { exists, made }: Vendor, how: Fate): Answer {
  const refuses = how === 'refuses';
  switch (stage) {
    case 'evidence':
    case 'again':
      return exists ? 'there' : 'gone';
    case 'probe':
      return exists ? 'live' : 'dead';
    case 'open':
      return 'opened';
    case 'create':
      if (asked) return made > 0 ? 'made' : 'absent';
      return made > 0 ? 'made' : 'refused';
    case 'quiet':
      return 'seen';
    case 'trial':
      return refuses ? 'refused' : 'works';
    case 'person':
      return 'done';
    case 'end':
      return refuses ? 'refused' : 'accepted';
    case 'close':
      return 'accepted';
    default:
      return stage satisfies never;
  }
}
