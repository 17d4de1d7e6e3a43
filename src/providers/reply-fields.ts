/** What the schemas of several vendors' replies are made of. */
import '../http/jitless.ts';
import * as z from 'zod/mini';

export const nonEmpty = z.string().check(z.minLength(1));

/** Visible ASCII: what a header or an address can carry, as every key and token of the vendors here. */
export const word = (lengthMax: number) => nonEmpty.check(z.maxLength(lengthMax), z.regex(/^[\x21-\x7E]+$/));

/** A field that may be missing, or wrong, without the reply being of no use. */
export const tolerated = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

/** Seconds. Some servers send numbers as text. */
export const seconds = z.union([
  z.number(),
  z.pipe(
    z.string().check(z.regex(/^\s*-?\d{1,12}(?:\.\d+)?\s*$/)),
    z.transform((text) => Number(text)),
  ),
]);

const SECONDS_MAX = 1e10;

/** Seconds as milliseconds; undefined where it is missing or no lifetime at all. Negative stays negative. */
export const secondsToMs = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) > SECONDS_MAX ? undefined : value * 1_000;
