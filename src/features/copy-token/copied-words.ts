import type { Failure } from '../../http/failure.ts';
import { formatRemaining } from '../../lib/format-time.ts';
import { shapeLabel } from './shape-facts.ts';
import type { Copyable } from './text-to-copy.ts';

/** A sentence about a copy, with the colour of its state. Never holds a secret. */
export interface Said {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly sentence: string;
  readonly more?: string;
  /** The gateway was away and nothing was sent: over once it is back. */
  readonly untilBack?: boolean;
}

/** "Copied, valid 4:58", "Refreshed and copied as curl, valid 5:00", "Copied; expiry not reported". */
export function copiedWords(copyable: Copyable): Said {
  const said = wordsOf(copyable);
  const { issuer } = copyable;
  if (issuer === null) return said;
  const place = `It is for the server that issued it, ${issuer}; the connection names another now.`;
  return { ...said, tone: 'warn', more: said.more === undefined ? place : `${place} ${said.more}` };
}

function wordsOf({ choice, token, variable, warning, inQuery, carried }: Copyable): Said {
  const bare = carried === undefined ? '' : ` the ${carried}`;
  const shape = choice.shape === 'token' ? bare : ` as ${shapeLabel(choice.shape, inQuery)}`;
  if (!token) return { tone: 'ok', sentence: `Copied${shape} with $${variable ?? ''}; it holds no secret` };

  const more = choice.form === 'secret' && choice.shape !== 'token' && warning !== null ? { more: warning } : {};
  if (token.stale) {
    return {
      tone: 'warn',
      sentence: `Copied${shape}; ${validWords(token)}, it could not be refreshed: ${lowerFirst(token.stale.sentence)}`,
      more: token.stale.next,
    };
  }
  const did = token.refreshed ? `Refreshed and copied${shape}` : `Copied${shape}`;
  return { tone: 'ok', sentence: `${did}${token.leftMs === null ? ';' : ','} ${validWords(token)}`, ...more };
}

/** "valid 4:58"; what is not known is not called endless, and the other way round. */
function validWords({ leftMs, expiry }: NonNullable<Copyable['token']>): string {
  if (expiry === 'never') return 'it has no end of its own';
  if (leftMs === null) return 'expiry not reported';
  if (expiry !== 'earliest') return `valid ${formatRemaining(leftMs)}`;
  return leftMs > 0 ? `valid at least ${formatRemaining(leftMs)}` : 'it may end any time';
}

export const notCopiedWords = ({ code, sentence, next }: Failure): Said => ({
  tone: 'bad',
  sentence,
  more: next,
  ...(code === 'gateway-away' && { untilBack: true }),
});

/** Only where the first word is an ordinary one: "OCP" and "I" stay what they are. */
const lowerFirst = (sentence: string): string =>
  /^(?:The|This|Another|No|It|A|An) /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
