import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react';
import { useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Provider } from '../../providers/contract.ts';
import type { FormSignIn, Target } from '../../providers/sign-in-way.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import type { Listed } from './jobs.ts';
import { ListingFailed } from './listing-failed.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import { openAt } from './sign-in-desk.ts';
import './targets.css';
import { TargetRow } from './target-row.tsx';
import { useListing } from './use-listing.ts';
import { useMint } from './use-mint.ts';

/** A credential that was typed, as long as its list is open. */
export interface Credential {
  readonly id: string;
  /** The person chose to have it kept. */
  readonly keep: boolean;
  readonly listed: Listed;
}

interface TargetPanelProps {
  readonly provider: Provider;
  readonly connection: Connection;
  readonly way: FormSignIn;
  readonly credential: Credential;
  /** The list was read anew. */
  readonly onListed: (listed: Listed) => void;
  readonly onClose: () => void;
  /** The copy button of a token that was minted just now. Keep its identity between renders. */
  readonly renderCopy?: ((sessionId: string) => ReactNode) | undefined;
}

/** Below this many the eye is faster than a search field. */
const SEARCH_ABOVE = 8;

/** What a credential opens, with a token for each entry at a press. */
export function TargetPanel({
  provider,
  connection,
  way,
  credential,
  onListed,
  onClose,
  renderCopy,
}: TargetPanelProps) {
  const listing = useListing({ provider, connection, way }, onListed);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text).trim().toLowerCase();
  const open = openAt(useSessions(), connection.id);
  const mint = useMint({ provider, connection, way }, credential);
  const { targets, incomplete, values, removed = [] } = credential.listed;
  const found = wanted === '' ? targets : targets.filter(({ label }) => label.toLowerCase().includes(wanted));
  const noun = way.targets?.noun ?? { one: 'entry', many: 'entries' };
  const name = way.nameOfCredential?.(values) ?? way.label;
  const place = useRef<HTMLElement>(null);
  // The form that had the focus made room for this.
  useEffect(() => place.current?.focus(), []);

  const countOf = ({ label }: Target): number => open.filter(({ identity }) => identity.name === label).length;

  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label={`${name} opens ${countWords(targets.length, noun)}`}
      className="grid gap-3 rounded-lg"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-60">
          <span className="font-semibold">{name}</span> opens {countWords(targets.length, noun)}.{' '}
          <span className="text-ink-2">
            {credential.keep && mint.everMinted ? 'It is kept here.' : heldWords(credential)}
          </span>
        </p>
        {targets.length > SEARCH_ABOVE && (
          <input
            type="search"
            className="input max-w-60 min-w-32 flex-1"
            aria-label={`Search the ${noun.many}`}
            placeholder={`Search ${noun.many}`}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <Button onClick={onClose}>Close the list</Button>
      </div>
      {removed.length > 0 && <p className="text-sm text-ink-2">{removedSentence(removed)}</p>}
      {incomplete !== null && (
        <Band
          tone="warn"
          title={incomplete}
          action={
            <Button size="small" busy={listing.running} onClick={() => listing.list(values)}>
              Try again
            </Button>
          }
        />
      )}
      <ListingFailed failure={listing.failure} onTake={(offered) => listing.list({ ...values, ...offered })} />
      {found.length === 0 ? (
        <p className="text-ink-2">
          {targets.length === 0 ? `No ${noun.one} is listed yet.` : `No ${noun.one} matches.`}
        </p>
      ) : (
        <ul className="targets" aria-label={noun.many}>
          {found.map((target) => (
            <TargetRow
              key={target.id}
              target={target}
              open={countOf(target)}
              standing={mint.standing.get(target.id)}
              onMint={mint.mint}
              renderCopy={renderCopy}
            />
          ))}
        </ul>
      )}
      <p className="text-sm text-ink-3">{way.sends}.</p>
    </section>
  );
}

const countWords = (count: number, noun: { readonly one: string; readonly many: string }): string =>
  `${String(count)} ${count === 1 ? noun.one : noun.many}`;

const heldWords = ({ keep }: Credential): string =>
  keep ? 'It is kept here with the first token.' : 'It is held in this panel alone, and gone once you close it.';
