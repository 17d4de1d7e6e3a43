import { memo, useCallback, type MouseEvent } from 'react';
import { Dots } from '../../ui/caret.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Menu } from '../../ui/menu.tsx';
import { MenuItem } from '../../ui/menu-items.tsx';
import { State } from '../../ui/state.tsx';
import { Cell, TwoLines } from '../../ui/table.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import type { KeyEntry } from './key-entry.ts';
import {
  dayWords,
  expiryHint,
  expiryWords,
  fromWords,
  lastUseWords,
  lateWords,
  momentTitle,
  scopeWords,
  stateOf,
} from './key-words.ts';

export type KeyAction = 'revoke' | 'rotate' | 'rename' | 'facts' | 'follow';

/** What can be done with a key, each with what it means; in the order of the menu. */
export interface KeyOffer {
  readonly action: KeyAction;
  readonly label: string;
  readonly hint: string;
}

interface KeyLineProps {
  readonly entry: KeyEntry;
  /** Of the element. */
  readonly id: string;
  /** Of the row among all, where not all are drawn. */
  readonly rowIndex: number | undefined;
  readonly selected: boolean;
  /** When the lists were read: a row must not change its word under the pointer. */
  readonly atMs: number;
  readonly onSelect: (id: string, shift: boolean) => void;
  readonly offersOf: (entry: KeyEntry) => readonly KeyOffer[];
  readonly onAct: (entry: KeyEntry, action: KeyAction) => void;
}

/** One key. */
export const KeyLine = memo(function KeyLine(props: KeyLineProps) {
  const { entry, id, rowIndex, selected, atMs, onSelect, offersOf, onAct } = props;
  const { name, noun, providerName, connectionName, owner, createdAtMs, lastUse } = entry;
  const state = stateOf(entry, atMs);
  const used = useCallback((nowMs: number) => lastUseWords({ lastUse }, nowMs), [lastUse]);
  const late = lateWords(entry);
  // The browser changes the box in the same press, which tells nothing of Shift.
  const press = (event: MouseEvent<HTMLInputElement>): void => onSelect(entry.id, event.shiftKey);
  return (
    <tr data-key={entry.id} data-selected={selected || undefined} aria-rowindex={rowIndex}>
      <Cell card="select">
        <input
          id={id}
          type="checkbox"
          className="block size-3.25 accent-ink"
          aria-label={`Select ${name} at ${connectionName}`}
          checked={selected}
          onClick={press}
          onChange={ignore}
        />
      </Cell>
      <Cell card="title">
        <TwoLines
          first={
            <>
              <bdi>{name}</bdi> {entry.carriedBy !== null && <Badge>used by this console</Badge>}
            </>
          }
          second={secondLine(entry, noun)}
        />
      </Cell>
      <Cell card="fact" name="Where">
        <span className="grid">
          <span className="wrap-anywhere">{providerName}</span>
          <span className="text-sm wrap-anywhere text-ink-3">
            {connectionName}
            {owner !== '' && `, ${owner}`}
          </span>
        </span>
      </Cell>
      <Cell card="fact" name="Scopes">
        <span className={entry.scopes === 'not-reported' ? 'text-ink-3' : 'text-sm wrap-anywhere text-ink-2'}>
          {scopeWords(entry)}
        </span>
      </Cell>
      <Cell card="fact" name="Created" numeric>
        <span className={faint(createdAtMs)} title={momentTitle(createdAtMs)}>
          {dayWords(createdAtMs)}
        </span>
      </Cell>
      <Cell card="fact" name="Expires" numeric>
        <span className="grid" title={momentTitle(entry.expiresAtMs)}>
          <span className={faint(entry.expiresAtMs)}>{expiryWords(entry)}</span>
          {typeof entry.expiresAtMs === 'number' && (
            <span className="text-sm text-ink-3">{expiryHint(entry, atMs)}</span>
          )}
        </span>
      </Cell>
      <Cell card="fact" name="Last used" numeric>
        <span className="grid">
          <span className={faint(lastUse)}>
            {typeof lastUse === 'string' ? (
              lastUseWords(entry, atMs)
            ) : (
              <TickText text={used} {...(late !== undefined && { title: late })} />
            )}
          </span>
          {typeof lastUse !== 'string' && <span className="text-sm wrap-anywhere text-ink-3">{fromWords(entry)}</span>}
        </span>
      </Cell>
      <Cell card="state">
        <State kind={state.kind} title={state.why}>
          {state.word}
        </State>
      </Cell>
      <Cell card="actions">
        <span className="actions text-left whitespace-normal">
          <Menu
            label={`More for ${name} at ${connectionName}`}
            button={<Dots />}
            look="quiet"
            size="icon-small"
            items={() =>
              offersOf(entry).map(({ action, label, hint }) => (
                <MenuItem key={action} hint={hint} danger={action === 'revoke'} onSelect={() => onAct(entry, action)}>
                  {label}
                </MenuItem>
              ))
            }
          />
        </span>
      </Cell>
    </tr>
  );
});

const ignore = (): void => undefined;

const faint = (value: unknown): string => (value === 'not-reported' ? 'text-ink-3' : '');

function secondLine({ minted, mintedNames, keptAs, row }: KeyEntry, noun: string): string {
  if (row || (minted.length === 0 && keptAs === null)) return noun;
  const made = minted.length === 0 ? 'no token of it is open here' : `minted ${mintedNames.join(', ')}`;
  return [noun, made, ...(keptAs === null ? [] : ['kept here'])].join(' · ');
}
