import { isIP } from 'node:net';

export type BaseUrl =
  | { readonly ok: true; readonly baseUrl: string; readonly plainHttp: boolean; readonly loopback: boolean }
  /** `insecure`: plain http to another machine, and still so once the faults are mended. */
  | { readonly ok: false; readonly faults: readonly string[]; readonly insecure: boolean };

const LENGTH_MAX = 2_048;

/**
 * Checks a base URL as somebody wrote it, placeholders already filled in: an origin and perhaps a path prefix. Each fault
 * is a sentence with the fix and never repeats what was written, which may hold a password. What was found is taken for
 * mended before the rest is judged, so that no fault hides another.
 *
 * The URL parser alone is too kind: it reads `0x7f.1` and full-width digits as 127.0.0.1, `\` as `/`, and decodes `%2e` in
 * a host. Whatever the parser would read differently from how it is written is refused.
 */
export function readBaseUrl(written: string): BaseUrl {
  const begun = readBeginning(written);
  if (begun.rest === undefined) return { ok: false, faults: begun.faults, insecure: false };
  const [, authority = '', further = ''] = /^([^/?#]*)(.*)$/.exec(begun.rest) ?? [];
  const host = readHost(authority.replace(/^.*@/, ''));
  const path = readPath(further.replace(/[?#].*$/, ''));
  const faults = [...begun.faults, ...faultsOfSurplus(authority, further), ...host.faults, ...path.faults];
  const loopback = host.name !== undefined && isLoopback(host.name);
  if (faults.length > 0) {
    return { ok: false, faults, insecure: begun.plainHttp && host.name !== undefined && !loopback };
  }
  const { origin } = new URL(`${begun.plainHttp ? 'http' : 'https'}://${authority}`);
  return { ok: true, baseUrl: origin + path.kept, plainHttp: begun.plainHttp, loopback };
}

interface Beginning {
  readonly faults: readonly string[];
  readonly plainHttp: boolean;
  /** Behind the scheme; undefined where there is nothing to judge. */
  readonly rest: string | undefined;
}

/** What is read before anything else can be told apart. */
function readBeginning(written: string): Beginning {
  const faults: string[] = [];
  if (written.length > LENGTH_MAX) faults.push('is longer than 2,048 characters.');
  const seen = written.replace(/[\s\p{Cc}\p{Cf}]/gu, '');
  if (seen !== written) faults.push('has a space or an invisible character in it. Take it out.');
  const scheme = /^https?:\/\//i.exec(seen)?.[0];
  if (scheme === undefined) faults.push('must begin with https:// (or http:// for a server on this machine).');
  const rest = seen.slice(scheme?.length).replace(scheme === undefined ? OTHER_SCHEME : '', '');
  if (rest.includes('\\')) faults.push('has a backslash in it. Use / instead.');
  const judged = scheme === undefined && rest === '' ? undefined : rest.replaceAll('\\', '/');
  return { faults, plainHttp: scheme?.toLowerCase() === 'http://', rest: judged };
}

/** What may stand where a scheme of ours should. A number behind the colon is a port. */
const OTHER_SCHEME = /^(?:[a-z][a-z0-9+.-]*:(?!\d))?[/\\]*/i;

/** What may be in an address and not in a base URL; the rest is judged without it. */
function faultsOfSurplus(authority: string, further: string): readonly string[] {
  const faults: string[] = [];
  if (authority.includes('@'))
    faults.push('has a user name or password in it. Take them out: people sign in on the page.');
  if (further.includes('?')) faults.push('has a query in it. Leave out everything from the ? on.');
  if (further.includes('#')) faults.push('has a fragment in it. Leave out everything from the # on.');
  return faults;
}

interface Host {
  readonly faults: readonly string[];
  /** Without the port, as it is going to be read; undefined where it cannot be. */
  readonly name?: string;
}

function readHost(written: string): Host {
  if (written === '') return { faults: ['names no host.'] };
  const faults: string[] = [];
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:.*)?$/.exec(written) ?? [];
  if (/^:0+$/.test(port)) faults.push('names port 0, which no server can have.');
  const withoutDot = name.replace(/\.+$/, '');
  if (withoutDot !== name) faults.push('has a host that ends with a dot. Leave the dot out.');
  const isPlain = !name.includes('%');
  if (!isPlain) faults.push('has a % in its host. Write the host plainly, without a zone or escapes.');
  // A zone is named above; the rest is judged without it.
  const read = nameOf(withoutDot.replace(/%[^\]]*(?=\]$)/, ''));
  if ((isPlain && read === undefined) || !URL.canParse(`http://host${port}`))
    faults.push('is not an address. Write it like https://server.example.com/auth.');
  if (isPlain && read !== undefined && (withoutDot.toLowerCase() !== read || port === ':'))
    faults.push(`has a host that is read as ${read}. Write it that way if you mean it.`);
  return { faults, ...(read !== undefined && { name: read }) };
}

const nameOf = (host: string): string | undefined =>
  host !== '' && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;

function readPath(written: string): { readonly faults: readonly string[]; readonly kept: string } {
  const faults: string[] = [];
  const escaped = /%(?:2e|2f|5c)/gi;
  if (escaped.test(written)) faults.push('has an escaped dot or slash in its path. Write it plainly.');
  if (written.includes('//')) faults.push('has an empty part in its path. Leave one slash.');
  const rest = written
    .replace(escaped, 'x')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  const kept = new URL(`http://host${rest}`).pathname.replace(/\/$/, '');
  if (rest !== kept) {
    faults.push(
      'has a path that is read differently from how it is written. Use letters, digits, and - . _ ~ only, without dot segments.',
    );
  }
  return { faults, kept };
}

/** Only this machine can answer there, as far as a host name alone can tell. */
function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
