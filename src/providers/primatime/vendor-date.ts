import { readZonedDate } from '../zoned-date.ts';

const MICROSOFT = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/;

/** The last moment that a `Date` can hold, either way. */
const LATEST_MS = 8.64e15;

/**
 * A moment as PrimaTime writes it, `/Date(1393858439151)/`, as milliseconds since 1970 UTC; also with an offset, which
 * does not move the moment, and as a bare number or ISO 8601. Undefined for anything else: never NaN.
 */
export function readVendorDate(value: unknown): number | undefined {
  const ms = msOf(value);
  return ms !== undefined && Math.abs(ms) <= LATEST_MS ? ms : undefined;
}

function msOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const digits = MICROSOFT.exec(text)?.[1] ?? (/^-?\d{1,16}$/.test(text) ? text : undefined);
  if (digits !== undefined) return Number(digits);
  return readZonedDate(text);
}
