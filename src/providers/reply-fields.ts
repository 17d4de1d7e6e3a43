/**
 * What the readers of several vendors' replies are made of. A reader takes what the console relies on out of a value that
 * a server sent, and nothing else: a reply may hold secrets that nobody asked for (docs/decisions/0006).
 */
import { isObject } from '../lib/shape.ts';

/** Undefined where the value is of no use. Never throws. */
export type Reader<Value> = (value: unknown) => Value | undefined;

/** What a reader takes, where it takes something. */
export type Taken<Read> = Read extends Reader<infer Value> ? Value : never;

type Readers = Readonly<Record<string, Reader<unknown>>>;

type Fields<Needed extends Readers, Tolerated extends Readers> = {
  readonly [Name in keyof Needed]: Taken<Needed[Name]>;
} & { readonly [Name in keyof Tolerated]?: Taken<Tolerated[Name]> | undefined };

/**
 * An object without which of whose `needed` fields the reply is of no use; a `tolerated` one may be missing, or wrong.
 * Its own fields, not inherited ones; more are passed over.
 */
export const fields =
  <Needed extends Readers, Tolerated extends Readers>(
    needed: Needed,
    tolerated: Tolerated,
  ): Reader<Fields<Needed, Tolerated>> =>
  (value) => {
    if (!isObject(value)) return undefined;
    const taken: Record<string, unknown> = {};
    for (const [name, read] of Object.entries({ ...tolerated, ...needed })) {
      const field = Object.hasOwn(value, name) ? read(value[name]) : undefined;
      if (field !== undefined) taken[name] = field;
      else if (Object.hasOwn(needed, name)) return undefined;
    }
    return taken as Fields<Needed, Tolerated>; // each field is what the reader of its name took
  };

/** A list every entry of which is of use. */
export const listOf =
  <Entry>(read: Reader<Entry>): Reader<readonly Entry[]> =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const taken = value.map(read).filter((entry) => entry !== undefined);
    return taken.length === value.length ? taken : undefined;
  };

export const either =
  <First, Second>(first: Reader<First>, second: Reader<Second>): Reader<First | Second> =>
  (value) =>
    first(value) ?? second(value);

/** Whatever it is: somebody else judges it. */
export const anything: Reader<unknown> = (value) => value;

export const exactly =
  <const Value>(wanted: Value): Reader<Value> =>
  (value) =>
    value === wanted ? wanted : undefined;

export const number: Reader<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined);

export const nonEmpty: Reader<string> = (value) => text(value) || undefined;

export const matching =
  (pattern: RegExp): Reader<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;

const visible = matching(/^[\x21-\x7E]+$/);

/** Visible ASCII: what a header or an address can carry, as every key and token of the vendors here. */
export const word =
  (lengthMax: number): Reader<string> =>
  (value) =>
    typeof value === 'string' && value.length <= lengthMax ? visible(value) : undefined;

const numberAsText = matching(/^\s*-?\d{1,12}(?:\.\d+)?\s*$/);

/** Seconds. Some servers send numbers as text. */
export const seconds: Reader<number> = (value) => number(value) ?? number(Number(numberAsText(value)));

const SECONDS_MAX = 1e10;

/** Seconds as milliseconds; undefined where it is missing or no lifetime at all. Negative stays negative. */
export const secondsToMs = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) > SECONDS_MAX ? undefined : value * 1_000;
