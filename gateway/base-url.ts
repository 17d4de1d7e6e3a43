import { isIP } from 'node:net';

export type BaseUrl =
  | { readonly ok: true; readonly baseUrl: string; readonly plainHttp: boolean; readonly loopback: boolean }
  | { readonly ok: false; readonly faults: readonly string[] };

const LENGTH_MAX = 2_048;

/**
 * Checks a base URL as somebody wrote it, placeholders already filled in: an origin and perhaps a path prefix. Each fault
 * is a sentence with the fix and never repeats what was written, which may hold a password.
 *
 * The URL parser alone is too kind: it reads `0x7f.1` and full-width digits as 127.0.0.1, `\` as `/`, and decodes `%2e` in
 * a host. Whatever the parser would read differently from how it is written is refused.
 */
export function readBaseUrl(written: string): BaseUrl {
  const unreadable = faultThatHidesTheRest(written);
  if (unreadable) return { ok: false, faults: [unreadable] };
  const { rest, faults } = takeOutWhatIsTooMuch(written);
  const read = readPlain(rest);
  if (typeof read === 'string') return { ok: false, faults: [...faults, read] };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, ...read };
}

function faultThatHidesTheRest(written: string): string | undefined {
  if (written.length > LENGTH_MAX) return 'is longer than 2,048 characters.';
  if (/[\s\p{Cc}\p{Cf}]/u.test(written)) return 'has a space or an invisible character in it. Take it out.';
  if (!/^https?:\/\//i.test(written)) return 'must begin with https:// (or http:// for a server on this machine).';
  if (written.includes('\\')) return 'has a backslash in it. Use / instead.';
  return undefined;
}

/** What may be in an address and not in a base URL; the rest is judged without it. */
function takeOutWhatIsTooMuch(written: string): { readonly rest: string; readonly faults: readonly string[] } {
  const [, scheme = '', authority = '', further = ''] = /^([a-z]+:\/\/)([^/?#]*)(.*)$/i.exec(written) ?? [];
  const faults: string[] = [];
  if (authority.includes('@'))
    faults.push('has a user name or password in it. Take them out: people sign in on the page.');
  if (further.includes('?')) faults.push('has a query in it. Leave out everything from the ? on.');
  if (further.includes('#')) faults.push('has a fragment in it. Leave out everything from the # on.');
  return { rest: scheme + authority.replace(/^.*@/, '') + further.replace(/[?#].*$/, ''), faults };
}

/** What is left, or what is wrong with it. */
function readPlain(written: string): Omit<Extract<BaseUrl, { ok: true }>, 'ok'> | string {
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)$/i.exec(written) ?? [];
  if (host === '') return 'names no host.';
  if (host.includes('%')) return 'has a % in its host. Write the host plainly, without a zone or escapes.';
  if (/%(?:2e|2f|5c)/i.test(written)) return 'has an escaped dot or slash in its path. Write it plainly.';
  if (!URL.canParse(written)) return 'is not an address. Write it like https://server.example.com/auth.';
  const url = new URL(written);
  if (url.port === '0') return 'names port 0, which no server can have.';
  if (url.hostname.endsWith('.')) return 'has a host that ends with a dot. Leave the dot out.';
  const port = /:(\d+)$/.exec(host)?.[0] ?? '';
  const name = host.slice(0, host.length - port.length).toLowerCase();
  if (name !== url.hostname) return `has a host that is read as ${url.hostname}. Write it that way if you mean it.`;
  if (path.includes('//')) return 'has an empty part in its path. Leave one slash.';
  const kept = url.pathname.replace(/\/$/, '');
  if (path.replace(/\/$/, '') !== kept) {
    return 'has a path that is read differently from how it is written. Use letters, digits, and - . _ ~ only, without dot segments.';
  }
  return { baseUrl: url.origin + kept, plainHttp: url.protocol === 'http:', loopback: isLoopback(url.hostname) };
}

/** Only this machine can answer there, as far as a host name alone can tell. */
function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
