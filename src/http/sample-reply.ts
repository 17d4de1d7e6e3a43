import type { Reply } from './call.ts';
import type { Envelope } from './envelope.ts';
import { readJson } from './json.ts';

/** When a sample was asked and answered; milliseconds since 1970. */
export const SAMPLE_AT_MS = 1_900_000_000_000;

/** A reply as the gateway hands it over, for tests: an object becomes JSON, a text stays what it is. */
export function sampleReply(status: number | null, body: unknown = '', envelope: Partial<Envelope> = {}): Reply {
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  return {
    envelope: {
      phase: 'answered',
      status,
      headers: { 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json' },
      body: text,
      sentAtMs: SAMPLE_AT_MS,
      receivedAtMs: SAMPLE_AT_MS + 40,
      boot: 'boot-of-a-sample',
      cause: null,
      tls: null,
      ...envelope,
    },
    json: readJson(text),
    startedAtMs: SAMPLE_AT_MS,
  };
}
