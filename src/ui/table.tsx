import type { ReactNode } from 'react';

interface Column {
  readonly name: string;
  /** In rem. Columns without one share what is left. A countdown needs a fixed one, so that nothing jumps. */
  readonly widthRem?: number;
  /** The name is for the ear alone: a column of buttons. */
  readonly unseen?: boolean;
  /** What is drawn for the name: a `SortHeading`. */
  readonly heading?: ReactNode;
  readonly sorted?: Sorted;
}

export type Sorted = 'ascending' | 'descending' | 'none';

interface TableProps {
  readonly label: string;
  readonly columns: readonly Column[];
  /** From which width of its place a row is a row and not a card: 40 rem, or 56 rem for a wide table. */
  readonly wide?: boolean;
  /** How many rows there are, where not all of them are drawn; each drawn one says its `aria-rowindex` then. */
  readonly rowsInAll?: number | undefined;
  readonly children: ReactNode;
}

/** Dense rows. Where there is no room for them, each row becomes a card and nothing scrolls sideways. */
export function Table({ label, columns, wide = false, rowsInAll, children }: TableProps) {
  return (
    <div className={wide ? 'rows-place rows-place-wide' : 'rows-place'}>
      <table className="rows" aria-label={label} aria-rowcount={rowsInAll === undefined ? undefined : rowsInAll + 1}>
        <colgroup>
          {columns.map(({ name, widthRem }) => (
            <col key={name} style={widthRem === undefined ? undefined : { width: `${widthRem}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ name, unseen = false, heading, sorted }) => (
              <th key={name} scope="col" aria-sort={sorted}>
                {heading ?? <span className={unseen ? 'sr-only' : ''}>{name}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface CellProps {
  /**
   * Its place once the row is a card: `title` and `state` share the first line, `wide` takes a line of its own, `fact` is
   * a line with its name in front, `actions` is the last line, `hidden` is left out; `select` stands before the title.
   */
  readonly card: 'title' | 'state' | 'wide' | 'fact' | 'actions' | 'hidden' | 'select';
  /** The column's name, for `fact`. */
  readonly name?: string;
  readonly numeric?: boolean;
  readonly children: ReactNode;
}

export function Cell({ card, name, numeric = false, children }: CellProps) {
  return (
    <td data-card={card} data-name={name} data-numeric={numeric || undefined}>
      {children}
    </td>
  );
}

/** The first line of a row and the quiet one under it. */
export function TwoLines({ first, second }: { readonly first: ReactNode; readonly second: ReactNode }) {
  return (
    <>
      <span className="block font-semibold wrap-anywhere">{first}</span>
      <span className="block text-sm wrap-anywhere text-ink-3">{second}</span>
    </>
  );
}
