import { toBase64Url } from './base64.ts';

/** Bytes nobody can guess, handed in so that a test owns them. */
export type RandomBytes = (length: number) => Uint8Array;

export const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** A fresh opaque name of 128 bits: session ids, and the nonces by which the gateway knows a call again. */
export const randomName = (random: RandomBytes): string => toBase64Url(random(16));
