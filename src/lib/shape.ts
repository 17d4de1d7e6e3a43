/**
 * Guards for the few answers that the first page needs before any vendor's code is loaded: the gateway's own
 * (docs/decisions/0005).
 */

/** A guard: does the value have this shape? */
export type Shape<Value> = (value: unknown) => value is Value;

/** What a shape guards. */
export type Of<Guard> = Guard extends Shape<infer Value> ? Value : never;

export const text: Shape<string> = (value): value is string => typeof value === 'string';
export const number: Shape<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
export const flag: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';

export const one =
  <const Values extends readonly string[]>(values: Values): Shape<Values[number]> =>
  (value): value is Values[number] =>
    values.includes(value as string); // `includes` wants its own type; any other value is simply not among them

export const nullOr =
  <Value>(shape: Shape<Value>): Shape<Value | null> =>
  (value): value is Value | null =>
    value === null || shape(value);

/** For a member that may be left out. */
export const maybe =
  <Value>(shape: Shape<Value>): Shape<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || shape(value);

export const list =
  <Value>(shape: Shape<Value>): Shape<readonly Value[]> =>
  (value): value is readonly Value[] =>
    Array.isArray(value) && value.every(shape);

/** With names and values: no list, not null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with any names and values of one shape. */
export const record =
  <Value>(shape: Shape<Value>): Shape<Readonly<Record<string, Value>>> =>
  (value): value is Readonly<Record<string, Value>> =>
    isObject(value) && Object.values(value).every(shape);

/** An object with these members, its own and not inherited ones; more are passed over. */
export const object =
  <Members extends Readonly<Record<string, Shape<unknown>>>>(
    members: Members,
  ): Shape<{ readonly [Name in keyof Members]: Of<Members[Name]> }> =>
  (value): value is { readonly [Name in keyof Members]: Of<Members[Name]> } =>
    isObject(value) &&
    Object.entries(members).every(([name, shape]) => shape(Object.hasOwn(value, name) ? value[name] : undefined));
