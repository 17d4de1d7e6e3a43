import { useMemo, useRef } from 'react';
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts';
import { isSorting, type Sorting } from './order-sessions.ts';

export { search } from './search-sessions.ts';

const labels: Readonly<Record<Sorting, string>> = { ends: 'ends first', name: 'name', provider: 'provider' };

interface TableToolsProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly sorting: Sorting;
  readonly onSorting: (sorting: Sorting) => void;
}

/** Search and order, for more rows than one overlooks. */
export function TableTools({ text, onText, sorting, onSorting }: TableToolsProps) {
  const field = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: '/', label: 'Search the sessions', run: () => field.current?.focus() }],
    [],
  );
  useShortcuts(shortcuts);

  return (
    <div role="search" className="flex flex-1 flex-wrap items-center justify-end gap-2">
      <input
        ref={field}
        type="search"
        className="input max-w-60 min-w-32 flex-1"
        aria-label="Search the sessions"
        placeholder="Search who or where"
        autoComplete="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <label className="flex items-center gap-2 text-ink-2">
        Sort
        <select
          className="input select w-auto"
          value={sorting}
          onChange={({ target }) => isSorting(target.value) && onSorting(target.value)}
        >
          {Object.entries(labels).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
