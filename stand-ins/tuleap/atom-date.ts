/** Dates as PHP writes and reads them. Whole seconds since 1970. */

/** `date('c')`: never a `Z`, never a fraction. */
export const writeDate = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, '+00:00');

/** `DateTime::ATOM` and nothing else: the fraction that JavaScript writes is refused. */
export function readAtomDate(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, sign, offsetHour = '0', offsetMinute = '0'] = match;
  const utcMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offsetSeconds = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60;
  return utcMs / 1000 - (sign === '-' ? -offsetSeconds : offsetSeconds);
}
