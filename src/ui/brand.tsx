/** The key and the name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 text-lg font-semibold">
      <svg className="w-4.5" viewBox="0 0 18 12" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
        <circle cx="4.5" cy="6" r="3.4" />
        <path d="M8 6h9.1v3.2M13.6 6v2.6" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Keyward
    </span>
  );
}
