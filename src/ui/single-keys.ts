import { createStoredChoice } from './stored-choice.ts';

/** Single-key shortcuts can be switched off (WCAG 2.2, 2.1.4): they get in the way of speech input. */
export const singleKeys = createStoredChoice('keyward.single-keys', ['on', 'off']);
