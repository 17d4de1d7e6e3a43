/**
 * A page for somebody else's library: its own JavaScript world (a `vm` context) on the simulated computer's time, with the
 * storage, cookies and channels of a browser profile, and a `fetch` that goes out to the simulated servers.
 */
import { webcrypto } from 'node:crypto';
import { createContext, Script, type Context } from 'node:vm';
import { createErrand, type TabErrand } from '../../test/simulation/errand.ts';
import type { World } from '../../test/simulation/world.ts';
import { defaultLimits } from '../../gateway/limits.ts';
import { createStorage, type Profile } from './profile.ts';

export interface Page {
  readonly errand: TabErrand;
  /** A hidden page of long standing is woken on full minutes alone. */
  visible: boolean;
  /** The page's own `globalThis`. */
  readonly context: Context;
}

const ORIGIN = 'https://app.example';
const MINUTE_MS = 60_000;

/** `complete` adds to a body of the token endpoint what this library cannot do without. */
export function openPage(
  world: World,
  profile: Profile,
  library: Script,
  complete: (body: string) => string = (body) => body,
): Page {
  const errand = createErrand(world.computer, world.chance);
  const page: Page = { errand, visible: true, context: createContext({}) };
  const nothing = (): void => undefined;
  const own = {
    ...timersOf(world, page),
    console: { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing },
    ...{ Headers, Request, Response, URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, DOMException },
    ...{ atob, btoa, structuredClone },
    fetch: fetchOf(world, errand, complete),
    crypto: cryptoOn(world),
    localStorage: profile.localStorage,
    sessionStorage: createStorage(),
    BroadcastChannel: profile.channelsFor(errand),
    document: documentOf(profile, page),
    navigator: Object.defineProperty({ userAgent: 'Simulated' }, 'onLine', { get: () => world.browser.online }),
    location: { href: `${ORIGIN}/`, origin: ORIGIN, protocol: 'https:', hash: '', search: '', pathname: '/' },
    performance: { now: () => world.computer.clock.monotonicMs(), mark: nothing, measure: nothing },
    // Both libraries listen for what they report, and act on none of it.
    addEventListener: nothing,
    removeEventListener: nothing,
    dispatchEvent: nothing,
    wallMs: () => world.computer.clock.wallMs(),
  };
  Object.assign(page.context, own);
  firstWords.runInContext(page.context);
  library.runInContext(page.context);
  return page;
}

const firstWords = new Script(`
  globalThis.window = globalThis.self = globalThis.top = globalThis.parent = globalThis;
  globalThis.Date = class extends Date {
    constructor(...given) { given.length === 0 ? super(wallMs()) : super(...given); }
    static now() { return wallMs(); }
  };
`);

function timersOf({ computer }: World, page: Page) {
  const live = new Map<number, unknown>();
  let last = 0;
  const arm = (id: number, delayMs: number, run: () => void): void => {
    const fire = (): void => {
      if (!live.has(id) || !page.errand.alive) return;
      const late = computer.clock.monotonicMs() % MINUTE_MS;
      if (!page.visible && late !== 0) live.set(id, computer.timers.set(fire, MINUTE_MS - late));
      else page.errand.deliver(run);
    };
    live.set(id, computer.timers.set(fire, delayMs));
  };
  const clear = (id: number | undefined): void => {
    if (id === undefined) return;
    computer.timers.clear(live.get(id));
    live.delete(id);
  };
  const setTimeout = (run: () => void, delayMs = 0): number => {
    const id = (last += 1);
    arm(id, delayMs, () => {
      live.delete(id);
      run();
    });
    return id;
  };
  const setInterval = (run: () => void, everyMs = 0): number => {
    const id = (last += 1);
    const again = (): void => {
      arm(id, everyMs, again);
      run();
    };
    arm(id, everyMs, again);
    return id;
  };
  return { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear };
}

/** Straight to the vendor's server, which allows this origin: these libraries have no gateway. */
const fetchOf =
  (world: World, errand: TabErrand, complete: (body: string) => string): typeof fetch =>
  (input, init = {}) =>
    new Promise((resolve, reject) => {
      const failed = (): void => errand.deliver(() => reject(new TypeError('Failed to fetch')));
      if (!world.browser.online) return failed();
      const gone = new AbortController();
      init.signal?.addEventListener('abort', () => {
        gone.abort();
        reject(new DOMException('The operation was aborted.', 'AbortError'));
      });
      const form = init.body instanceof URLSearchParams ? init.body.toString() : init.body;
      if (typeof input !== 'string' || typeof form !== 'string') throw new TypeError('Only posted forms are expected');
      const headers = Object.fromEntries(new Headers(init.headers));
      const request = { method: 'POST', url: new URL(input), headers, body: Buffer.from(form) } as const;
      const { connection } = world.network.server('tuleap').wire;
      const limits = {
        connection,
        limits: defaultLimits,
        replyHeaders: [],
        wallMs: () => world.computer.clock.wallMs(),
      };
      // A killed page reads no answer; what it has sent goes on.
      void world.network.send(request, { ...limits, signal: gone.signal }).then((sent) => {
        const { status, headers } = sent;
        if (status === null) return failed();
        const body = sent.phase === 'answered' ? (status === 200 ? complete(sent.body) : sent.body) : cutOff();
        errand.deliver(() => resolve(new Response(body, { status, headers })));
      });
    });

/** The head of an answer came, its body did not. */
const cutOff = (): ReadableStream =>
  new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });

/** Real WebCrypto, whose work takes no virtual time. */
function cryptoOn({ time }: World) {
  const { subtle } = webcrypto;
  const held = new Proxy(subtle, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => time.holdFor(Promise.resolve(Reflect.apply(method, target, given)));
    },
  });
  return {
    subtle: held,
    getRandomValues: (array: Uint8Array) => webcrypto.getRandomValues(array),
    randomUUID: () => webcrypto.randomUUID(),
  };
}

function documentOf({ cookies }: Profile, page: Page) {
  const nothing = (): void => undefined;
  return Object.defineProperties(
    { addEventListener: nothing, removeEventListener: nothing },
    {
      cookie: {
        get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        set: (text: string) => {
          const [pair = ''] = text.split(';');
          const at = pair.indexOf('=');
          cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1));
        },
      },
      visibilityState: { get: () => (page.visible ? 'visible' : 'hidden') },
      hidden: { get: () => !page.visible },
    },
  );
}
