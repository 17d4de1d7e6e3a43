/** What the tests of this folder call the server with. */
import { Buffer } from 'node:buffer';
import type { RunningStandIn } from '../stand-in.ts';
import type { AlmActions } from './control.ts';
import { demo } from './world.ts';

export type Alm = RunningStandIn<AlmActions>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is not JSON. */
  readonly json: Record<string, unknown> | null;
}

export const apiKey = `ApiKey ${demo.keyId}:${demo.keySecret}`;

export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

/** `path` is below `/perforce-alm/api/v0` unless it begins with a slash. */
export async function call(alm: Alm, path: string, authorization?: string, method = 'GET'): Promise<Answered> {
  const target = path.startsWith('/') ? path : `/perforce-alm/api/v0/${path}`;
  const response = await fetch(`${alm.url}${target}`, {
    method,
    headers: authorization === undefined ? {} : { authorization },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : null, // every JSON answer of this server is an object
  };
}

/** A token for the project, as `Authorization` carries it. */
export async function tokenFor(alm: Alm, project: string | number, authorization = apiKey): Promise<string> {
  const { json, status } = await call(alm, `${encodeURIComponent(project)}/token`, authorization);
  if (status !== 200) throw new Error(`No token: ${status}`);
  return `Bearer ${String(json?.accessToken)}`;
}
