import { useMemo, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts';
import { filters, sortings, type Filter, type KeyView, type Sorting } from './key-view.ts';

interface KeyToolsProps {
  readonly view: KeyView;
  readonly onView: (view: KeyView) => void;
  readonly connections: readonly { readonly id: string; readonly name: string }[];
}

const filterLabels: Readonly<Record<Filter, string>> = {
  all: 'All',
  expiring: 'Expiring within 30 days',
  'no-expiry': 'No expiry',
  'never-used': 'Never used',
  unused: 'Unused for 90 days',
};

const sortLabels: Readonly<Record<Sorting, readonly [string, string]>> = {
  name: ['name', 'name, Z first'],
  where: ['provider', 'provider, Z first'],
  created: ['oldest first', 'newest first'],
  expires: ['ends first', 'ends last'],
  used: ['unused for longest', 'used last'],
};

/** Search, filters, connection and order; all of it stands in the address, a text that could be a secret does not. */
export function KeyTools({ view, onView, connections }: KeyToolsProps) {
  const field = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: '/', label: 'Search the keys', run: () => field.current?.focus() }],
    [],
  );
  useShortcuts(shortcuts);
  const sorted = `${view.descending ? '-' : ''}${view.sorting}`;

  return (
    <div role="search" className="grid gap-2.5 border-b border-line px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={field}
          type="search"
          className="input max-w-80 min-w-40 flex-1"
          aria-label="Search the keys"
          placeholder="Search name, owner, scope, address"
          autoComplete="off"
          spellCheck={false}
          value={view.text}
          onChange={({ target }) => onView({ ...view, text: target.value })}
        />
        <label className="flex min-w-0 items-center gap-2 text-ink-2">
          At
          <select
            className="input select w-auto min-w-0"
            value={view.connection}
            onChange={({ target }) => onView({ ...view, connection: target.value })}
          >
            <option value="">every connection</option>
            {connections.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="flex min-w-0 items-center gap-2 text-ink-2">
          Sort
          <select
            className="input select w-auto min-w-0"
            value={sorted}
            onChange={({ target: { value } }) => {
              const sorting = sortings.find((one) => one === value.replace(/^-/, '')) ?? 'name';
              onView({ ...view, sorting, descending: value.startsWith('-') });
            }}
          >
            {sortings.flatMap((sorting) =>
              sortLabels[sorting].map((label, at) => (
                <option key={label} value={`${at === 1 ? '-' : ''}${sorting}`}>
                  {label}
                </option>
              )),
            )}
          </select>
        </label>
      </div>
      <div role="group" aria-label="Show" className="flex flex-wrap gap-1.5">
        {filters.map((filter) => (
          <Button
            key={filter}
            size="small"
            look={filter === view.filter ? 'primary' : 'secondary'}
            aria-pressed={filter === view.filter}
            onClick={() => onView({ ...view, filter })}
          >
            {filterLabels[filter]}
          </Button>
        ))}
      </div>
    </div>
  );
}
