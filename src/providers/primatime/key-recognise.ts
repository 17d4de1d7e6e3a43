import { bareSecret, type SecretKind } from '../pasted-secret.ts';
import { pastedWords } from '../pasted-words.ts';
import type { Candidate } from '../recognised.ts';
import { basicPair } from './basic-pair.ts';

const READ_MAX = 65_536;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CANDIDATES_MAX = 6;

export const kinds = {
  secretKey: { kind: 'secret-key', noun: 'secret key', secret: 'secretKey' },
  token: { kind: 'token', noun: 'token', secret: 'token' },
  refreshToken: { kind: 'refresh-token', noun: 'refresh token', secret: 'refreshToken' },
} as const satisfies Record<string, SecretKind>;

/** What a command, an address or a reply calls it, in lower case and without an underscore. */
const named: Readonly<Record<string, SecretKind | null>> = {
  token: kinds.token,
  refreshtoken: kinds.refreshToken,
  secretkey: kinds.secretKey,
  // The application's, which opens no account.
  apikey: null,
  id: null,
};

/** PrimaTime's secrets are bare UUIDs, all three kinds alike: only what stands before one can tell them apart. */
export function recognise(text: string): readonly Candidate[] {
  const read = text.slice(0, READ_MAX);
  const found = new Map<string, readonly Candidate[]>();
  for (const word of pastedWords(read)) {
    const uuid = (UUID.test(word) ? word : inBasic(word))?.toLowerCase();
    if (uuid === undefined || found.has(uuid)) continue;
    found.set(uuid, UUID.test(word) ? judge(read, word, uuid) : [inHeader(uuid)]);
  }
  return [...found.values()]
    .flat()
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, CANDIDATES_MAX);
}

const rank = ({ certainty }: Candidate): number => (certainty === 'likely' ? 0 : 1);

function judge(text: string, word: string, uuid: string): readonly Candidate[] {
  const name = nameBefore(text, word);
  const kind = name === undefined ? undefined : named[name];
  if (kind === null) return [];
  if (kind) return [bareSecret(kind, 'likely', `It is a UUID, and stands behind “${name ?? ''}”.`, uuid)];
  if (isUserName(text, word)) {
    return [
      bareSecret(kinds.secretKey, 'likely', 'It is a UUID with a colon behind it, as a user name has one.', uuid),
    ];
  }
  return Object.values(kinds).map((each) =>
    bareSecret(each, 'possible', 'It is a UUID, as PrimaTime’s secret keys, tokens and refresh tokens all are.', uuid),
  );
}

/** The name of a field, a parameter or a variable right before the word; undefined where there is none that is known. */
function nameBefore(text: string, word: string): string | undefined {
  const before = text.slice(0, Math.max(text.indexOf(word), 0)).slice(-64);
  const name = /([a-z_]{2,32})["'\s]{0,3}[=:]["'\s]{0,3}$/i.exec(before)?.[1]?.toLowerCase().replaceAll('_', '');
  return name !== undefined && Object.hasOwn(named, name) ? name : undefined;
}

/** As in `curl -u <secret key>:`. */
const isUserName = (text: string, word: string): boolean =>
  /^:(?:["'\s]|$)/.test(text.slice(text.indexOf(word) + word.length));

/** The user name of a Basic header, with the empty password that goes with a secret key. */
function inBasic(word: string): string | undefined {
  const pair = basicPair(word);
  return pair?.password === '' && UUID.test(pair.user) ? pair.user : undefined;
}

const inHeader = (uuid: string): Candidate =>
  bareSecret(kinds.secretKey, 'likely', 'It is a UUID in a Basic header with an empty password.', uuid);
