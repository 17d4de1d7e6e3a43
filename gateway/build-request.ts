import type { Operation, Param, ParamValue } from '../src/http/operation.ts';
import type { GatewayConnection } from './connections.ts';
import { Problem } from './problem.ts';

/** Everything that goes to a vendor, complete, before a connection is opened. */
export interface VendorRequest {
  readonly method: Operation['method'];
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** What a request is made of beside the table. */
export interface Ingredients {
  readonly connection: GatewayConnection;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The code parked under a state that the page announced; undefined where none is there. Taken once. */
  takeCode(state: string): string | undefined;
  readonly userAgent: string | undefined;
  /** The address of the page's browser, for a connection that forwards it. */
  readonly clientAddress: string | undefined;
}

const LENGTH_MAX = 8_192;
const PATH_VALUE_MAX = 2_048;

interface Parts {
  readonly path: Map<string, string>;
  readonly query: string[];
  readonly form: URLSearchParams;
  readonly json: Map<string, ParamValue>;
  readonly headers: Record<string, string>;
  basicUser?: string;
  basicPassword?: string;
}

/**
 * Builds the request from the operation's table. Throws a `Problem` that names the parameter and never its value.
 * Headers out are exactly these: Accept, Content-Type, what the operation declares, the browser's User-Agent, and
 * X-Forwarded-For where the connection says so.
 */
export function buildRequest(operation: Operation, ingredients: Ingredients): VendorRequest {
  refuseUnknown(operation, ingredients.params);
  const parts: Parts = { path: new Map(), query: [], form: new URLSearchParams(), json: new Map(), headers: {} };
  // A parked code can be taken once only, so everything else is looked at first.
  const byCode = ([, a]: [string, Param], [, b]: [string, Param]): number =>
    Number(a.from === 'parked-code') - Number(b.from === 'parked-code');
  for (const [name, param] of Object.entries(operation.params).sort(byCode)) {
    const value = valueOf(name, param, ingredients);
    if (value !== undefined) place(parts, name, param, value);
  }
  const { body, contentType } = bodyOf(parts);
  return {
    method: operation.method,
    url: urlOf(operation, ingredients.connection, parts),
    headers: headersOf(parts, contentType, ingredients),
    body,
  };
}

const refused = (name: string, why: string): Problem => new Problem('bad-parameter', `${quoted(name)} ${why}`);

/** A name comes from the page as well: one that no table could hold is not repeated. */
const quoted = (name: string): string => (/^[\w.-]{1,64}$/.test(name) ? `“${name}”` : 'A parameter');

function refuseUnknown(operation: Operation, params: Ingredients['params']): void {
  for (const name of Object.keys(params)) {
    const param = Object.hasOwn(operation.params, name) ? operation.params[name] : undefined;
    if (param?.from !== 'caller' && param?.from !== 'parked-code') {
      throw refused(name, 'is not a parameter of this operation.');
    }
  }
}

function valueOf(name: string, param: Param, { connection, params, takeCode }: Ingredients): ParamValue | undefined {
  const setting = param.setting ?? name;
  const found = {
    caller: () => own(params, name),
    setting: () => own(connection.settings, setting),
    'operator-secret': () => own(connection.secrets, setting),
    fixed: () => param.value,
    'parked-code': () => codeOf(name, own(params, name), takeCode),
  }[param.from]();
  if (found !== undefined && found !== null) return found;
  if (param.optional) return undefined;
  throw refused(name, 'is missing.');
}

/** What this call has put into that object so far. */
const inside = (value: ParamValue | undefined): object => (typeof value === 'object' && value !== null ? value : {});

const own = <Value>(values: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined;

function codeOf(name: string, value: ParamValue | undefined, takeCode: Ingredients['takeCode']): string | undefined {
  if (value === undefined || value === null) return undefined;
  // A list is an object too, and has no `parked`.
  const state = typeof value === 'object' ? (value as { readonly parked?: unknown }).parked : undefined;
  if (typeof state !== 'string') throw refused(name, 'must be { "parked": state }.');
  const code = takeCode(state);
  if (code === undefined) throw refused(name, 'names a state under which no code is parked.');
  return code;
}

function place(parts: Parts, name: string, param: Param, value: ParamValue): void {
  const wireName = param.as ?? name;
  if (param.in === 'json') {
    if (param.oneOf && !(typeof value === 'string' && param.oneOf.includes(value)))
      throw refused(name, 'is none of the values that it may have.');
    if (JSON.stringify(value).length > (param.lengthMax ?? LENGTH_MAX)) throw refused(name, 'is too long.');
    if (param.within === undefined) parts.json.set(wireName, value);
    else parts.json.set(param.within, { ...inside(parts.json.get(param.within)), [wireName]: value });
    return;
  }
  const text = textOf(name, param, value);
  switch (param.in) {
    case 'path':
      parts.path.set(name, pathValue(name, text));
      break;
    case 'query':
      parts.query.push(`${encodeURIComponent(wireName)}=${encodeURIComponent(text)}`);
      break;
    case 'form':
      parts.form.append(wireName, text);
      break;
    case 'header':
      parts.headers[wireName] = (param.prefix ?? '') + headerValue(name, text);
      break;
    case 'basic-user':
      // RFC 7617: the first colon ends the user name.
      if (text.includes(':')) throw refused(name, 'must not hold a colon.');
      parts.basicUser = basicValue(name, text);
      break;
    case 'basic-password':
      parts.basicPassword = basicValue(name, text);
      break;
    default:
      param.in satisfies never;
  }
}

function textOf(name: string, param: Param, value: ParamValue): string {
  if (typeof value === 'object') throw refused(name, 'must be text, a number or true or false.');
  const text = String(value);
  if (param.oneOf && !param.oneOf.includes(text)) throw refused(name, 'is none of the values that it may have.');
  if (text.length > (param.lengthMax ?? LENGTH_MAX)) throw refused(name, 'is too long.');
  // Half of a surrogate pair has no UTF-8 form: encoders throw at it, or put another character in its place.
  if (/\p{Surrogate}/u.test(text)) throw refused(name, 'holds half of a character.');
  return text;
}

/**
 * One path segment. Some servers decode twice or before they split, so a separator is refused in its encoded form too,
 * and `%2e`, `%2f`, `%5c` also where they were typed.
 */
function pathValue(name: string, text: string): string {
  if (text === '' || text === '.' || text === '..') throw refused(name, 'cannot be empty, . or .. in a path.');
  if (/\p{Cc}/u.test(text)) throw refused(name, 'holds a control character.');
  const encoded = encodeURIComponent(text);
  if (/%2e|%2f|%5c/i.test(text) || /%2f|%5c/i.test(encoded))
    throw refused(name, 'holds a slash, which cannot be sent in a path.');
  if (encoded.length > PATH_VALUE_MAX) throw refused(name, 'is too long for a path.');
  return encoded;
}

function headerValue(name: string, text: string): string {
  // Visible Latin-1, blanks only inside: anything else would end the header early or arrive as another value.
  if (/^[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa1-\xff]*[\x21-\x7e\xa1-\xff])?$/.test(text)) return text;
  throw refused(name, 'holds a character that a header cannot carry, or is empty.');
}

function basicValue(name: string, text: string): string {
  if (/\p{Cc}/u.test(text)) throw refused(name, 'holds a control character.');
  return text;
}

function urlOf(operation: Operation, connection: GatewayConnection, parts: Parts): URL {
  const path = operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = parts.path.get(name);
    if (value === undefined) throw refused(name, 'is missing.');
    return value;
  });
  const base = new URL(connection.baseUrl);
  const query = parts.query.length > 0 ? `?${parts.query.join('&')}` : '';
  const url = new URL(connection.baseUrl + path + query);
  // The last word, whatever was forgotten above: the parsed address is the one that was written.
  const prefix = base.pathname.replace(/\/$/, '');
  if (url.origin !== base.origin || url.pathname !== prefix + path) {
    throw new Problem('bad-parameter', 'The address would leave the connection’s base URL.');
  }
  return url;
}

function bodyOf(parts: Parts): { readonly body: Buffer | null; readonly contentType?: string } {
  if (parts.json.size > 0) {
    const json = JSON.stringify(Object.fromEntries(parts.json));
    return { body: Buffer.from(json), contentType: 'application/json' };
  }
  if (parts.form.size > 0) {
    return { body: Buffer.from(parts.form.toString()), contentType: 'application/x-www-form-urlencoded' };
  }
  return { body: null };
}

function headersOf(parts: Parts, contentType: string | undefined, ingredients: Ingredients): Record<string, string> {
  const { userAgent, clientAddress, connection } = ingredients;
  const { basicUser, basicPassword = '' } = parts;
  return {
    ...parts.headers,
    ...(basicUser === undefined
      ? {}
      : { Authorization: `Basic ${Buffer.from(`${basicUser}:${basicPassword}`).toString('base64')}` }),
    // Always exactly this: it decides at some vendors whether an error is JSON or a page.
    Accept: 'application/json',
    ...(contentType ? { 'Content-Type': contentType } : {}),
    ...(userAgent !== undefined && /^[\x20-\x7e]{1,512}$/.test(userAgent) ? { 'User-Agent': userAgent } : {}),
    ...(connection.forwardClientAddress && clientAddress ? { 'X-Forwarded-For': clientAddress } : {}),
  };
}
