import type { Rights } from '../../refresh/server-sessions.ts';
import { Badge } from '../../ui/badge.tsx';

const words = {
  'any-user': 'any user',
  own: 'my own sessions',
  'held-here': 'only what this browser opened',
} as const;

/** Which sessions the session in view may see, found once by asking. */
export function RightsBadge({ rights }: { readonly rights: Rights }) {
  const { reach, change } = rights;
  const more = reach === 'any-user' && change === 'no' ? ', to look at' : '';
  return (
    <Badge>
      Rights: {words[reach]}
      {more}
    </Badge>
  );
}
