/** Asks the stand-in as a client would: over HTTP, with nothing of the server's own code. For tests. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is a JSON object; else empty. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, string>>;

export async function send(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: readObject(text) };
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export interface Asker {
  readonly realm: string;
  post(endpoint: string, fields: Fields | URLSearchParams, headers?: Fields): Promise<Answered>;
  get(path: string, headers?: Fields): Promise<Answered>;
  /** Signs alice in through `ocp` unless the fields say otherwise. */
  signIn(fields?: Fields, headers?: Fields): Promise<Answered>;
  refresh(token: unknown, fields?: Fields, headers?: Fields): Promise<Answered>;
  logOut(token: unknown, fields?: Fields, headers?: Fields): Promise<Answered>;
}

const json = { accept: 'application/json' };

export function asker(baseUrl: string, realmName = 'master'): Asker {
  const realm = `${baseUrl}/realms/${realmName}`;
  const post: Asker['post'] = (endpoint, fields, headers = json) =>
    send(`${realm}/protocol/openid-connect/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  return {
    realm,
    post,
    get: (path, headers = json) => send(`${realm}${path}`, { headers }),
    signIn(fields = {}, headers = json) {
      const username = fields['username'] ?? 'alice';
      const password = `${username.split('@')[0] ?? ''}-demo-password`;
      return post('token', { client_id: 'ocp', grant_type: 'password', username, password, ...fields }, headers);
    },
    refresh: (token, fields = {}, headers = json) =>
      post(
        'token',
        { client_id: 'ocp', grant_type: 'refresh_token', refresh_token: String(token), ...fields },
        headers,
      ),
    logOut: (token, fields = {}, headers = json) =>
      post('logout', { client_id: 'ocp', refresh_token: String(token), ...fields }, headers),
  };
}

export function readJwt(token: unknown): { head: Record<string, unknown>; claims: Record<string, unknown> } {
  const [head = '', claims = ''] = String(token).split('.');
  const part = (text: string) => readObject(Buffer.from(text, 'base64url').toString('utf8'));
  return { head: part(head), claims: part(claims) };
}

export const bearer = (token: unknown): Fields => ({
  authorization: `Bearer ${String(token)}`,
  accept: 'application/json',
});

export const refused = (error: string, description: string) => ({ error, error_description: description });
