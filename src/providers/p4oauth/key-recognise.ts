import { bareSecret } from '../pasted-secret.ts';
import { pastedWords } from '../pasted-words.ts';
import type { Candidate } from '../recognised.ts';

const READ_MAX = 65_536;
const CANDIDATES_MAX = 3;
/** As the vendor's one example: `A129380-123124-2312314`. */
const ACCESS_TOKEN = /^[A-Z]\d{4,12}-\d{4,12}-\d{4,15}$/;
/** As Perforce servers write tickets. */
const TICKET = /^[0-9A-F]{32}$/;

export const kinds = {
  token: { kind: 'access-token', noun: 'access token', secret: 'token' },
  ticket: { kind: 'ticket', noun: 'p4d ticket', secret: 'token' },
} as const;

/** No text of the vendor says how its tokens are made: the one example is all there is to go by. */
export function recognise(text: string): readonly Candidate[] {
  const words = pastedWords(text.slice(0, READ_MAX));
  const tokens = words
    .filter((word) => ACCESS_TOKEN.test(word))
    .map((word) =>
      bareSecret(kinds.token, 'likely', 'It is written as the access token in P4OAuth’s own example.', word),
    );
  const tickets = words
    .filter((word) => TICKET.test(word) && /\D/.test(word))
    .map((word) =>
      bareSecret(kinds.ticket, 'possible', 'It is 32 hexadecimal digits in capitals, as Perforce tickets are.', word),
    );
  return [...tokens, ...tickets].slice(0, CANDIDATES_MAX);
}
