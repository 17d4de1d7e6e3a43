import { pastedWords } from '../pasted-words.ts';
import type { Candidate } from '../recognised.ts';
import { KEY } from './key-rows.ts';
import { GRANT } from './grant-endings.ts';
import { TOKEN } from './token-endings.ts';

/** The server makes `tlp-k1-12.…`; the vendor's page prints `tlp.k1.12.…`. */
const ACCESS_KEY = /^tlp[-.]k(\d{1,3})[-.](\d{1,18})\.([0-9a-f]{64})$/i;
const OAUTH = /^tlp-oauth2-(at|rt)(\d{1,3})-(\d{1,18})\.([0-9a-f]{64})$/i;
const CUT_KEY = /^tlp[-.]k\d{1,3}[-.](\d{1,18})(?:\.[0-9a-f]{0,128})?$/i;
const REST_TOKEN = /^[0-9a-f]{32}$/;
const FOUND_MAX = 8;

/** Only strings that name Tuleap are certain; 32 hexadecimal digits are written by many others as well. */
export function recognise(text: string): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const word of pastedWords(text)) {
    const candidate = candidateOf(word);
    const isNew =
      candidate && !found.some(({ secret, kind }) => secret === candidate.secret && kind === candidate.kind);
    if (isNew && found.length < FOUND_MAX) found.push(candidate);
  }
  const order = { certain: 0, likely: 1, possible: 2 } as const;
  return found.sort((one, other) => order[one.certainty] - order[other.certainty]);
}

function candidateOf(word: string): Candidate | undefined {
  const key = ACCESS_KEY.exec(word);
  if (key) {
    const [, generation = '1', id = '', verifier = ''] = key;
    // The spelling that the server takes; what is behind the dot is what proves it.
    return access(id, `tlp-k${generation}-${id}.${verifier.toLowerCase()}`, word);
  }
  const token = OAUTH.exec(word);
  if (token) return grant(token[1]?.toLowerCase() === 'rt' ? 'refreshToken' : 'accessToken', word);
  if (REST_TOKEN.test(word)) return legacy(word);
  return CUT_KEY.test(word) ? cut(word) : undefined;
}

const base = { issuer: null, facts: {} } as const;

const access = (id: string, secret: string, pasted: string): Candidate => ({
  ...base,
  ...{ kind: KEY, noun: 'access key', certainty: 'certain', id, secret, secrets: { accessKey: secret } },
  words: /^tlp-/i.test(pasted)
    ? 'It begins with tlp-k1-, as only Tuleap’s access keys do, and names its own number.'
    : 'It begins with tlp.k1., as Tuleap’s documentation prints its access keys, and names its own number.',
});

/** More or less than a key: which one can be told, and that it works nowhere as it stands. */
function cut(word: string): Candidate {
  const id = CUT_KEY.exec(word)?.[1] ?? null;
  return {
    ...base,
    ...{ kind: KEY, noun: 'access key', certainty: 'likely', id, secret: word, secrets: {} },
    words: 'It begins as Tuleap’s access keys do, and is not a whole one. It names the number of the key all the same.',
  };
}

const grant = (name: 'accessToken' | 'refreshToken', secret: string): Candidate => ({
  ...base,
  ...{
    kind: GRANT,
    noun: name === 'accessToken' ? 'OAuth2 access token' : 'OAuth2 refresh token',
    certainty: 'certain',
  },
  ...{ id: null, secret, secrets: { [name]: secret } },
  words: 'It begins with tlp-oauth2-, as only Tuleap’s tokens of OAuth2 do.',
});

const legacy = (secret: string): Candidate => ({
  ...base,
  ...{ kind: TOKEN, noun: 'deprecated token', certainty: 'possible', id: null, secret, secrets: { token: secret } },
  words: 'Tuleap’s deprecated tokens are 32 digits from 0 to 9 and a to f, and so is much else.',
});
