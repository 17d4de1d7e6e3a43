interface SkeletonProps {
  /** In rem, of the text that will stand here. */
  readonly widthRem: number;
  readonly heightRem?: number;
}

/** The place of something that is on its way, in its final size. */
export function Skeleton({ widthRem, heightRem = 0.8125 }: SkeletonProps) {
  return (
    <span className="skeleton" aria-hidden="true" style={{ width: `${widthRem}rem`, height: `${heightRem}rem` }} />
  );
}
