/** Looks for secrets where none may be. */
import type { BrowserContext, Page, Response } from '@playwright/test';

export interface Place {
  readonly where: string;
  readonly text: string;
}

const unpadded = (text: string): string => text.replace(/=+$/, '');

/** A secret as it stands, as it stands in an address, and as it would stand in base64 of any text around it. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].map((before) => {
    const encoded = unpadded(Buffer.concat([Buffer.alloc(before), bytes]).toString('base64'));
    // The first and the last character hold bits of the neighbours too.
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
  const inBase64Url = inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([secret, encodeURIComponent(secret), bytes.toString('hex'), ...inBase64, ...inBase64Url])];
}

/** Enough to know a long secret by; a part of it is as bad as the whole. */
const partsOf = (secret: string): readonly string[] =>
  secret.length <= 40
    ? [secret]
    : [0, Math.floor(secret.length / 2) - 16, secret.length - 32].map((at) => secret.slice(at, at + 32));

/** Each place that holds one of the secrets in any form, with what was found, cut short. */
export function leaksIn(places: readonly Place[], secrets: readonly string[]): readonly string[] {
  const wanted = [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))];
  return places.flatMap(({ where, text }) =>
    wanted.filter((form) => text.includes(form)).map((form) => `${where}: ${form.slice(0, 24)}…`),
  );
}

export interface Listening {
  /** Everything heard so far. */
  readonly places: Place[];
  /** Adds what stands on the page and in its storage now. */
  look(page: Page): Promise<void>;
}

/** What a page may say to others: the names of methods whose arguments are recorded. */
function recordWhatIsSaid(): void {
  const heard = (where: string, value: unknown): void => {
    // Put there by `exposeBinding` below.
    const tell = (window as unknown as { keywardHeard(where: string, text: string): void }).keywardHeard;
    tell(where, typeof value === 'string' ? value : stringify(value));
  };
  const stringify = JSON.stringify.bind(JSON);
  const wrap = (owner: object, name: string, where: string): void => {
    const methods = owner as Record<string, (...given: unknown[]) => unknown>; // one of the platform's own
    const own = methods[name];
    if (own === undefined) return;
    methods[name] = function (this: unknown, ...given: unknown[]) {
      heard(
        where,
        given.map((value) => (typeof value === 'function' ? '' : value)),
      );
      return own.apply(this, given);
    };
  };
  wrap(BroadcastChannel.prototype, 'postMessage', 'broadcast');
  wrap(window, 'postMessage', 'message');
  // A blank page is no secure context and has none.
  if ('locks' in navigator) wrap(LockManager.prototype, 'request', 'lock');
  wrap(Storage.prototype, 'setItem', 'storage');
  wrap(History.prototype, 'pushState', 'history');
  wrap(History.prototype, 'replaceState', 'history');
  wrap(Navigator.prototype, 'sendBeacon', 'beacon');
  wrap(IDBObjectStore.prototype, 'put', 'database');
  // The read cache hashes its keys by JSON with a replacer, and nothing else here uses one.
  JSON.stringify = ((value: unknown, replacer: never, space: never) => {
    const text = stringify(value, replacer, space);
    if (typeof replacer === 'function') heard('query key', text);
    return text;
  }) as typeof JSON.stringify; // its overloads
}

/** Hears what every page of this context says from now on. */
export async function listen(context: BrowserContext): Promise<Listening> {
  const places: Place[] = [];
  await context.exposeBinding('keywardHeard', (_source, where: string, text: string) => {
    places.push({ where, text });
  });
  await context.addInitScript(recordWhatIsSaid);
  context.on('console', (message) => places.push({ where: 'console', text: message.text() }));
  context.on('weberror', (error) => places.push({ where: 'uncaught error', text: String(error.error().stack) }));
  context.on('request', (request) => {
    places.push({ where: 'URL', text: request.url() });
    places.push({ where: 'referrer', text: request.headers()['referer'] ?? '' });
  });
  return {
    places,
    async look(page) {
      places.push({ where: `page at ${page.url()}`, text: await page.content() });
      places.push({ where: 'page’s place', text: page.url() });
      places.push({ where: 'storage', text: await page.evaluate(readStorage) });
    },
  };
}

async function readStorage(): Promise<string> {
  const resources = performance.getEntriesByType('resource').map(({ name }) => name);
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  return JSON.stringify([
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    [document.cookie, document.title, document.referrer, window.name],
    [history.state, location.href],
    databases,
    await caches.keys(),
    resources,
  ]);
}

const inJson = /"(?:access_token|accessToken|refresh_token|refreshToken|token|perforce_token)":"([^"]+)"/g;

/** Every token that the vendors hand out, as the gateway passes it on: in an object, or as the only word of a text. */
export function keepTokens(page: Page): readonly string[] {
  const tokens: string[] = [];
  const read = async (response: Response): Promise<void> => {
    if (!response.url().includes('/gw/v1/call/')) return;
    const { body } = (await response.json()) as { body: string }; // the gateway's envelope
    for (const [, token = ''] of body.matchAll(inJson)) tokens.push(token);
    if (/^[\w-]{20,}\s*$/.test(body)) tokens.push(body.trim());
  };
  page.on('response', (response) => void read(response).catch(() => undefined));
  return tokens;
}
