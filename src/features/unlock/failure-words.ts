import type { DeskFailure } from '../../console/vault-desk.ts';
import { wrongWords } from './wrong-words.ts';

export interface FailureWords {
  readonly title: string;
  /** Whether it took effect, and what to do next. */
  readonly next: string;
}

const words: Readonly<Record<DeskFailure, FailureWords>> = {
  wrong: wrongWords,
  damaged: {
    title: 'The vault is damaged: both copies of its header are gone, or cannot be read.',
    next: 'No passphrase opens it any more. The sessions live on at the servers until they end. Wipe it and sign in again.',
  },
  newer: {
    title: 'A newer version of this console has written this vault.',
    next: 'It is whole, and nothing was changed. Open it with that version, and do not wipe it.',
  },
  none: { title: 'There is no vault here any more.', next: 'Another tab has wiped it. Reload this page.' },
  exists: {
    title: 'There is a vault already.',
    next: 'Another tab has made it, and what is open here has moved into it. Its passphrase is the one that was set there.',
  },
  moved: {
    title: 'Another tab changed the vault at the same moment.',
    next: 'Nothing was changed here. Look at what is set now, then try again.',
  },
  cancelled: {
    title: 'The browser did not finish it.',
    next: 'It was cancelled, or no passkey for this vault is on this device. Nothing was changed.',
  },
  enrolled: {
    title: 'This device already has a passkey of this vault.',
    next: 'It opens the vault as it is. Nothing was changed.',
  },
  'no-prf': {
    title: 'This passkey cannot open a vault.',
    next: 'It gives no key (WebAuthn PRF), or not the same one twice. Nothing was changed. You may delete it where your passkeys are kept.',
  },
  full: {
    title: 'This browser’s storage takes no more.',
    next: 'Nothing was stored, and everything is as before. Make room on this disk, then try again.',
  },
  superseded: {
    title: 'A newer version of Keyward runs in another tab.',
    next: 'This one cannot store anything any more. Reload this page.',
  },
  lost: {
    title: 'This browser’s storage does not answer.',
    next: 'Nothing was stored. It may be switched off for this site, or the disk has failed. Reload this page.',
  },
};

/** What is open in a page without a vault is nowhere else: a reload would lose it. */
const inMemory: Partial<typeof words> = {
  exists: {
    title: words.exists.title,
    next: 'Another tab has made it. Unlock it there, or in a new tab: while it is open, what is open here moves in by itself. Do not reload this tab, which would forget it.',
  },
  superseded: {
    title: words.superseded.title,
    next: 'This one cannot store anything any more. What is open here stays in its memory, and a reload forgets it. To have it kept, sign in again in a new tab.',
  },
  lost: {
    title: words.lost.title,
    next: 'Nothing was stored. It may be switched off for this site, or the disk has failed. What is open here stays in the memory of this tab, and a reload forgets it. Try again.',
  },
};

/** `forgetful`: of a page that keeps everything in its memory. */
export const failureWords = (failure: DeskFailure, forgetful = false): FailureWords =>
  (forgetful && inMemory[failure]) || words[failure];
