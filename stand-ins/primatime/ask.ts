/** Asks the stand-in as a client would: over HTTP, with nothing of the server's own code. For tests. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is not. */
  readonly json: unknown;
  /** The body where it is a JSON object; else empty. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Query = Readonly<Record<string, string>>;

export interface Asker {
  send(method: string, path: string, query?: Query, init?: RequestInit): Promise<Answered>;
  get(path: string, query?: Query): Promise<Answered>;
  login(user: string, password: string, query?: Query): Promise<Answered>;
  refresh(refreshToken: unknown, query?: Query): Promise<Answered>;
}

export function asker(baseUrl: string, apiKey: string): Asker {
  const sendTo: Asker['send'] = async (method, path, query = {}, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    const url = `${baseUrl}${path}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(url, { redirect: 'manual', ...init, method, headers });
    const text = await response.text();
    const json = readJson(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return { status: response.status, headers: response.headers, text, json, body: isObject ? { ...json } : {} };
  };
  return {
    send: sendTo,
    get: (path, query) => sendTo('GET', path, query),
    login: (user, password, query = { apikey: apiKey }) =>
      sendTo('GET', '/auth/login', query, { headers: { authorization: basic(user, password) } }),
    refresh: (refreshToken, query = {}) =>
      sendTo('GET', '/auth/refreshtoken', { apikey: apiKey, refresh_token: String(refreshToken), ...query }),
  };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds of `/Date(ms)/`; NaN where it is anything else. */
export const readDate = (value: unknown): number => Number(/^\/Date\((\d+)\)\/$/.exec(String(value))?.[1]);
