const IMF_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * An IMF-fixdate (RFC 9110 section 5.6.7) as milliseconds since 1970, or undefined. `Date.parse` alone would take almost
 * anything, in the browser's own zone.
 */
export function readImfDate(text: string | undefined): number | undefined {
  if (text === undefined || !IMF_DATE.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
