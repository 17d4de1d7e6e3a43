/**
 * Checks a base URL before it is pasted into the operator's file. The gateway checks the file again and decides; the
 * words are the same, so that a person meets each fault once.
 */
export type BaseUrlCheck =
  | { readonly ok: true; readonly plainHttp: boolean; readonly loopback: boolean }
  | { readonly ok: false; readonly fault: string };

const LENGTH_MAX = 2_048;

/**
 * The fault reads on from "The base URL". It never repeats what was written, which may hold a password. What the parser
 * would read differently from how it is written (`0x7f.1`, full-width digits, dot segments) is refused.
 */
export function checkBaseUrl(written: string): BaseUrlCheck {
  const fault = faultOfSpelling(written);
  if (fault !== undefined) return refuse(fault);
  if (!URL.canParse(written)) return refuse('is not an address. Write it like https://server.example.com/auth.');
  const url = new URL(written);
  const [, host = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)$/i.exec(written) ?? [];
  if (url.port === '0') return refuse('names port 0, which no server can have.');
  if (url.hostname.endsWith('.')) return refuse('has a host that ends with a dot. Leave the dot out.');
  const port = /:\d+$/.exec(host)?.[0] ?? '';
  const name = host.slice(0, host.length - port.length).toLowerCase();
  if (name !== url.hostname)
    return refuse(`has a host that is read as ${url.hostname}. Write it that way if you mean it.`);
  if (path.includes('//')) return refuse('has an empty part in its path. Leave one slash.');
  if (path.replace(/\/$/, '') !== url.pathname.replace(/\/$/, '')) {
    return refuse(
      'has a path that is read differently from how it is written. Use letters, digits, and - . _ ~ only, without dot segments.',
    );
  }
  return { ok: true, plainHttp: url.protocol === 'http:', loopback: isLoopback(url.hostname) };
}

const refuse = (fault: string): BaseUrlCheck => ({ ok: false, fault });

function faultOfSpelling(written: string): string | undefined {
  if (written.length > LENGTH_MAX) return 'is longer than 2,048 characters.';
  if (/[\s\p{Cc}\p{Cf}]/u.test(written)) return 'has a space or an invisible character in it. Take it out.';
  if (!/^https?:\/\//i.test(written)) return 'must begin with https:// (or http:// for a server on this machine).';
  if (written.includes('\\')) return 'has a backslash in it. Use / instead.';
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(written)?.[1] ?? '';
  if (authority === '') return 'names no host.';
  if (authority.includes('@')) return 'has a user name or password in it. Take them out: people sign in on the page.';
  if (authority.includes('%')) return 'has a % in its host. Write the host plainly, without a zone or escapes.';
  if (written.includes('?')) return 'has a query in it. Leave out everything from the ? on.';
  if (written.includes('#')) return 'has a fragment in it. Leave out everything from the # on.';
  if (/%(?:2e|2f|5c)/i.test(written)) return 'has an escaped dot or slash in its path. Write it plainly.';
  return undefined;
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
