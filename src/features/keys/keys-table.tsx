import { useCallback, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { SortHeading } from '../../ui/sort-heading.tsx';
import { Table, type Sorted } from '../../ui/table.tsx';
import { useGrowing } from '../../ui/use-growing.ts';
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts';
import type { KeyEntry } from './key-entry.ts';
import { KeyLine, type KeyAction, type KeyOffer } from './key-line.tsx';
import type { KeyView, Sorting } from './key-view.ts';
import { selectRange, toggle, toggleAll, type Selected } from './select-keys.ts';

interface KeysTableProps {
  /** Those that match, in their order. At least one. */
  readonly rows: readonly KeyEntry[];
  readonly view: Pick<KeyView, 'sorting' | 'descending'>;
  readonly onSort: (sorting: Sorting) => void;
  readonly selected: Selected;
  readonly onSelect: (selected: Selected) => void;
  readonly atMs: number;
  readonly offersOf: (entry: KeyEntry) => readonly KeyOffer[];
  readonly onAct: (entry: KeyEntry, action: KeyAction) => void;
}

const rowIdOf = ({ id }: KeyEntry): string => `key-${id}`;

/** Keys, one a row. `x` selects the row that has the focus; arrows lead from row to row. */
export function KeysTable({ rows, view, onSort, selected, onSelect, atMs, offersOf, onAct }: KeysTableProps) {
  const place = useRef<HTMLDivElement>(null);
  const { drawn, next, more } = useGrowing(rows, rowIdOf);
  const isPart = next > 0;
  const order = useMemo(() => rows.map(({ id }) => id), [rows]);
  const select = useSelect(selected, order, onSelect);

  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      {
        keys: 'x',
        label: 'Select the key in this row',
        run: () => {
          const id = document.activeElement?.closest<HTMLElement>('tr[data-key]')?.dataset['key'];
          if (id !== undefined) select(id, false);
        },
      },
    ],
    [select],
  );
  useShortcuts(shortcuts);

  const sortedOf = (sorting: Sorting): Sorted =>
    view.sorting === sorting ? (view.descending ? 'descending' : 'ascending') : 'none';
  const sortable = (name: string, sorting: Sorting, widthRem?: number) => ({
    name,
    ...(widthRem !== undefined && { widthRem }),
    heading: <SortHeading name={name} onSort={() => onSort(sorting)} />,
    sorted: sortedOf(sorting),
  });
  const all = order.every((id) => selected.has(id));
  const columns = [
    {
      ...{ name: 'Select', widthRem: 2.4 },
      heading: (
        <input
          type="checkbox"
          className="block size-3.25 accent-ink"
          aria-label={`Select all ${String(rows.length)} that are shown`}
          checked={all}
          onChange={() => onSelect(toggleAll(selected, order))}
        />
      ),
    },
    sortable('Name', 'name'),
    sortable('Where', 'where', 9.5),
    { name: 'Scopes', widthRem: 9.75 },
    sortable('Created', 'created', 6.75),
    sortable('Expires', 'expires', 6.75),
    sortable('Last used', 'used', 7.75),
    { name: 'State', widthRem: 7.5 },
    { name: 'Actions', widthRem: 3.25, unseen: true },
  ];
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the boxes inside take the focus; arrows only lead from one to the next
    <div ref={place} onKeyDown={(event) => leadOn(event, place.current)}>
      <Table label="Keys" columns={columns} wide rowsInAll={isPart ? rows.length : undefined}>
        {drawn.map((entry, at) => (
          <KeyLine
            key={entry.id}
            {...{ entry, atMs, offersOf, onAct }}
            id={rowIdOf(entry)}
            rowIndex={isPart ? at + 2 : undefined}
            selected={selected.has(entry.id)}
            onSelect={select}
          />
        ))}
      </Table>
      {isPart && (
        <div className="flex justify-center border-t border-line p-3">
          <Button onClick={more}>
            Show {next} more of {rows.length.toLocaleString('en')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Keeps its identity, so that a press draws one row anew and not all of them. */
function useSelect(selected: Selected, order: readonly string[], onSelect: KeysTableProps['onSelect']) {
  // Where the last press was, from which Shift reaches on.
  const anchor = useRef<string | null>(null);
  const latest = useRef({ selected, order, onSelect });
  useLayoutEffect(() => {
    latest.current = { selected, order, onSelect };
  }, [selected, order, onSelect]);
  return useCallback((id: string, shift: boolean): void => {
    const { selected: before, order: shown, onSelect: tell } = latest.current;
    tell(shift ? selectRange(before, shown, { anchor: anchor.current, to: id }) : toggle(before, id));
    anchor.current = id;
  }, []);
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** From the box of one row to that of the next. */
function leadOn(event: KeyboardEvent, place: HTMLElement | null): void {
  const by = steps[event.key];
  if (by === undefined || !(event.target instanceof HTMLInputElement)) return;
  const boxes = [...(place?.querySelectorAll<HTMLElement>('tr[data-key] input[type=checkbox]') ?? [])];
  const next = boxes[boxes.indexOf(event.target) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
