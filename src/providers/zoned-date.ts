/** With its zone: without one nobody knows which moment is meant. */
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 with a zone, as milliseconds since 1970. Undefined for anything else: never NaN. */
export function readZonedDate(value: unknown): number | undefined {
  if (typeof value !== 'string' || !ZONED.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}
