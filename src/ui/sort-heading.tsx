interface SortHeadingProps {
  readonly name: string;
  readonly onSort: () => void;
}

/** The name of a column that can be sorted by. The arrow follows the heading's `aria-sort`. */
export function SortHeading({ name, onSort }: SortHeadingProps) {
  return (
    <>
      <button type="button" className="sort" onClick={onSort}>
        {name}
        <span className="sort-arrow" aria-hidden="true" />
      </button>
      {/* Where rows are cards the heading is for the ear alone, and has no button that would take the focus unseen. */}
      <span className="sort-name">{name}</span>
    </>
  );
}
