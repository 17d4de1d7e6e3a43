import type { Failure } from '../../http/failure.ts';
import { formatRemaining } from '../../lib/format-time.ts';
import { shapeLabel } from './shape-facts.ts';
import type { Copyable } from './text-to-copy.ts';

/** A sentence about a copy, with the colour of its state. Never holds a secret. */
export interface Said {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly sentence: string;
  readonly more?: string;
}

/** "Copied, valid 4:58", "Refreshed and copied as curl, valid 5:00", "Copied; expiry not reported". */
export function copiedWords({ choice, token, variable, warning, inQuery }: Copyable): Said {
  const shape = choice.shape === 'token' ? '' : ` as ${shapeLabel(choice.shape, inQuery)}`;
  if (!token) return { tone: 'ok', sentence: `Copied${shape} with $${variable ?? ''}; it holds no secret` };

  const more = choice.form === 'secret' && choice.shape !== 'token' && warning !== null ? { more: warning } : {};
  if (token.stale) {
    const valid = token.leftMs === null ? 'expiry not reported' : `valid ${formatRemaining(token.leftMs)}`;
    return {
      tone: 'warn',
      sentence: `Copied${shape}; ${valid}, it could not be refreshed: ${lowerFirst(token.stale.sentence)}`,
      more: token.stale.next,
    };
  }
  const did = token.refreshed ? `Refreshed and copied${shape}` : `Copied${shape}`;
  const sentence =
    token.leftMs === null ? `${did}; expiry not reported` : `${did}, valid ${formatRemaining(token.leftMs)}`;
  return { tone: 'ok', sentence, ...more };
}

export const notCopiedWords = ({ sentence, next }: Failure): Said => ({ tone: 'bad', sentence, more: next });

/** Only where the first word is an ordinary one: "OCP" and "I" stay what they are. */
const lowerFirst = (sentence: string): string =>
  /^(?:The|This|Another|No|It|A|An) /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
