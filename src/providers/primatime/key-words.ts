import type { Survivor } from '../ending.ts';

const TOKEN_MS = 3_600_000;
const REFRESH_TOKEN_MS = 7 * 24 * TOKEN_MS;

export const GUIDE_STEPS: readonly string[] = [
  'Sign in to PrimaTime’s own web pages as the owner of the key.',
  'Open My profile, then Security. The vendor calls a secret key “access token” there.',
  'Delete the key. Nobody but its owner can.',
];

/** Counted from the key's proven end: nothing that it made before lives longer, unless it is refreshed. */
export const survivorsOfKey: readonly Survivor[] = [
  {
    words:
      'A token that was made with it, unless it dies with the key, which is not documented: 60 minutes from when it was made.',
    untilMs: 'not-reported',
    lastsMs: TOKEN_MS,
  },
  {
    words:
      'A refresh token that was made with it, likewise: seven days. Whoever uses it before gets another one, for seven days more.',
    untilMs: 'not-reported',
    lastsMs: REFRESH_TOKEN_MS,
  },
];

/** The key is used on itself, which makes a token that nothing ends. It was used at that moment or before. */
export const survivorOfUse = (usedAtMs: number | 'not-reported'): Survivor => ({
  words: 'The token that Keyward signed in with to delete the key: nothing logs it out, and Keyward drops it.',
  untilMs: usedAtMs === 'not-reported' ? usedAtMs : usedAtMs + TOKEN_MS,
});

export const survivorsOfRefreshToken: readonly Survivor[] = [
  {
    words: 'A token that was made with it before: 60 minutes from when it was made. Nothing logs it out.',
    untilMs: 'not-reported',
    lastsMs: TOKEN_MS,
  },
];

export const PROBE_COSTS =
  'If the key is still good, the sign-in makes a token that nothing logs out. Keyward drops it; it ends within 60 minutes.';

/** PrimaTime has no code of its own for a wrong application key. */
export const UNLESS_APPLICATION_KEY =
  'as long as the connection’s application key is right: PrimaTime answers alike for a wrong one';
