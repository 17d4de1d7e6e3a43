import { plainText } from '../../http/redact.ts';
import { pastedJwts, textClaim, type PastedJwt } from '../pasted-jwts.ts';
import { pastedWords } from '../pasted-words.ts';
import { cleanKey } from '../pasted.ts';
import type { Candidate } from '../recognised.ts';
import { readZonedDate } from '../zoned-date.ts';
import { nameOfKey } from './api-key.ts';

const READ_MAX = 65_536;
const CANDIDATES_MAX = 4;
const SCHEME = /\bApiKey\s+["']?([^\s"':]+:[^\s"']+)/i;
/** Both parts in digits of base 16, as in the vendor's page. */
const HEX = /^[0-9a-f]{8,128}:[0-9a-f]{12,256}$/i;
const PAIR = /^[\w.~-]{3,128}:(?!\/\/)[\w.~+/=:-]{12,512}$/;
/** Headers, addresses and times are written with a colon as well. */
const NO_ID =
  /^(?:https?|wss?|ftp|file|localhost|authorization|bearer|basic|cookie|host|accept|origin|referer|\d{1,4})$/i;

export const kinds = {
  key: { kind: 'api-key', noun: 'API key' },
  token: { kind: 'token', noun: 'access token' },
} as const;

export function recognise(text: string): readonly Candidate[] {
  const read = text.slice(0, READ_MAX);
  const tokens = pastedJwts(read).flatMap((jwt) => tokenOf(jwt) ?? []);
  const scheme = SCHEME.exec(read)?.[1];
  const marked = scheme === undefined ? [] : [keyOf(cleanKey(scheme), 'certain', 'It stands behind “ApiKey”.')];
  const pairs = pastedWords(read).flatMap((word) => pairOf(word) ?? []);
  const seen = new Set<string>();
  return [...marked, ...tokens, ...pairs]
    .filter(({ secret }) => !seen.has(secret) && seen.add(secret))
    .slice(0, CANDIDATES_MAX);
}

function pairOf(word: string): Candidate | undefined {
  const id = word.slice(0, Math.max(word.indexOf(':'), 0));
  if (NO_ID.test(id) || !PAIR.test(word)) return undefined;
  return HEX.test(word)
    ? keyOf(word, 'likely', 'It is two long runs of hexadecimal digits with a colon between them.')
    : keyOf(word, 'possible', 'It is a word, a colon and a long word, as an id and its secret are.');
}

/** At the first colon: a secret may hold more of them. */
function keyOf(pair: string, certainty: Candidate['certainty'], words: string): Candidate {
  const id = pair.slice(0, pair.indexOf(':'));
  return {
    ...kinds.key,
    ...{ certainty, words, id },
    issuer: null,
    secret: pair,
    secrets: { apiKey: pair },
    facts: { name: nameOfKey(pair) },
  };
}

/** ALM's tokens are JWTs whose times are texts instead of numbers. */
function tokenOf(jwt: PastedJwt): Candidate | undefined {
  const endsMs = readZonedDate(jwt.claims['exp']);
  if (endsMs === undefined) return undefined;
  const project = textClaim(jwt, 'pud');
  return {
    ...kinds.token,
    certainty: project === undefined ? 'likely' : 'certain',
    words: 'It is a JSON web token whose end is written as a date, which ALM alone does.',
    id: null,
    issuer: plainText(textClaim(jwt, 'iss') ?? '') || null,
    secret: jwt.token,
    secrets: { token: jwt.token },
    facts: { endsMs: String(endsMs), ...(project !== undefined && { project }) },
  };
}
