/**
 * Times in the words and digits of the screens. Pure: the zone is the machine's unless one is handed in. All arguments
 * are milliseconds, either a length or a moment since 1970.
 */
const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Up to here minutes and seconds are read at a glance; above, nobody needs the seconds. */
const CLOCK_FACE_MAX_S = 100 * MINUTE_S;

/** From here on a second or two of a whole life are nothing that anybody asks for. */
const LONG_LIFE_MIN_S = 10 * MINUTE_S;
const CLOCKS_APART_MAX_S = 2;

const LOCALE = 'en-GB';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Whole seconds, rounded up, so that `0:01` is the last digit shown while anything is left. */
const secondsOf = (lengthMs: number): number => Math.ceil(lengthMs / SECOND_MS);

/** Two units at most: `4:12`, `99:59`, `5 h 07 m`, `6 d 02 h`. */
function digitsOf(seconds: number): readonly [string, string] {
  if (seconds < CLOCK_FACE_MAX_S) {
    return [`${Math.floor(seconds / MINUTE_S)}:${twoDigits(seconds % MINUTE_S)}`, ''];
  }
  if (seconds < DAY_S) {
    return [`${Math.floor(seconds / HOUR_S)} h`, `${twoDigits(Math.floor((seconds % HOUR_S) / MINUTE_S))} m`];
  }
  return [`${Math.floor(seconds / DAY_S)} d`, `${twoDigits(Math.floor((seconds % DAY_S) / HOUR_S))} h`];
}

/** What is left, as digits: `4:12`, `38:02`, `5 h 07 m`, `6 d 02 h`, and `ended` from zero on. */
export function formatRemaining(remainingMs: number): string {
  if (remainingMs <= 0) return 'ended';
  return digitsOf(secondsOf(remainingMs)).join(' ').trimEnd();
}

/**
 * A whole life, without a trailing zero: `5:00`, `60:00`, `7 d`, `1 d 12 h`. To the nearest second, and to the nearest
 * minute where no seconds show or the minute is that near: an end that a server gives by its own clock, of which only
 * whole seconds are known, makes a life that is off by a second or two.
 */
export function formatLife(lifeMs: number): string {
  const seconds = Math.round(Math.max(lifeMs, 0) / SECOND_MS);
  const minutes = Math.round(seconds / MINUTE_S) * MINUTE_S;
  const isNear = seconds >= LONG_LIFE_MIN_S && Math.abs(seconds - minutes) <= CLOCKS_APART_MAX_S;
  const [first, second] = digitsOf(seconds >= CLOCK_FACE_MAX_S || isNear ? minutes : seconds);
  return second === '' || second.startsWith('00') ? first : `${first} ${second}`;
}

const counted = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'}`;

/** A length for the ear: `4 minutes 12 seconds`, `1 hour`, `6 days 2 hours`. */
export function formatSpoken(lengthMs: number): string {
  const seconds = secondsOf(Math.max(lengthMs, 0));
  const steps = [
    [DAY_S, 'day', HOUR_S, 'hour'],
    [HOUR_S, 'hour', MINUTE_S, 'minute'],
    [MINUTE_S, 'minute', 1, 'second'],
  ] as const;
  for (const [size, unit, partSize, partUnit] of steps) {
    if (seconds < size) continue;
    const whole = counted(Math.floor(seconds / size), unit);
    const part = Math.floor((seconds % size) / partSize);
    return part === 0 ? whole : `${whole} ${counted(part, partUnit)}`;
  }
  return counted(seconds, 'second');
}

/** A rough length for a sentence, rounded down: `now`, `41 s`, `12 min`, `3 h`, `6 d`. */
export function formatRough(lengthMs: number): string {
  const seconds = Math.floor(lengthMs / SECOND_MS);
  if (seconds < 1) return 'now';
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  return `${Math.floor(seconds / DAY_S)} d`;
}

/** How long ago: `now`, `12 min ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const rough = formatRough(nowMs - atMs);
  return rough === 'now' ? rough : `${rough} ago`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs about a hundred times what using one does. */
function formatter(
  name: string,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${name} ${timeZone ?? ''}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(LOCALE, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
    formatters.set(key, found);
  }
  return found;
}

const isMoment = (atMs: number): boolean => !Number.isNaN(new Date(atMs).getTime());

const CLOCK_TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** `12:04:10`. */
export function formatClockTime(atMs: number, timeZone?: string): string {
  if (!isMoment(atMs)) return 'unknown';
  return formatter('clock', CLOCK_TIME, timeZone).format(atMs);
}

/** `12:40`, for a moment that is only known about. */
export const formatAbout = (atMs: number): string => formatClockTime(atMs).slice(0, -3);

/** With date and zone, for tooltips and reports: `28 Nov 2026, 09:14:03 CET`. */
export function formatDateTime(atMs: number, timeZone?: string): string {
  if (!isMoment(atMs)) return 'unknown';
  const options = { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK_TIME, timeZoneName: 'short' } as const;
  return formatter('full', options, timeZone).format(atMs);
}

/** As short as is unambiguous now: `12:31:40` today, `28 Nov 09:14` this year, `3 Jan 2027` otherwise. */
export function formatMoment(atMs: number, nowMs: number, timeZone?: string): string {
  if (!isMoment(atMs)) return 'unknown';
  const day = formatter('day', { day: 'numeric', month: 'short', year: 'numeric' }, timeZone);
  if (day.format(atMs) === day.format(nowMs)) return formatClockTime(atMs, timeZone);
  const year = formatter('year', { year: 'numeric' }, timeZone);
  if (year.format(atMs) !== year.format(nowMs)) return day.format(atMs);
  const date = formatter('date', { day: 'numeric', month: 'short' }, timeZone).format(atMs);
  return `${date} ${formatter('minute', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, timeZone).format(atMs)}`;
}

/** Builds what moments are written with, for a screen that has time before the next one needs it: some milliseconds. */
export function prepareMoments(): void {
  formatDateTime(0);
  formatMoment(0, 0);
  formatMoment(0, 2 * DAY_S * SECOND_MS);
}
