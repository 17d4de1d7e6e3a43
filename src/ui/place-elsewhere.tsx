interface PlaceElsewhereProps {
  /** Where it is and what is done there. */
  readonly words: string;
  readonly page: { readonly label: string; readonly href: string } | undefined;
}

/** A place outside of this console, with the way there where its address is known. */
export function PlaceElsewhere({ words, page }: PlaceElsewhereProps) {
  return (
    <p>
      {words}{' '}
      {page && (
        <a className="underline" href={page.href} target="_blank" rel="noopener noreferrer">
          {page.label}
          <span className="sr-only">, in a new tab</span>
        </a>
      )}
    </p>
  );
}
