import { Skeleton } from '../ui/skeleton.tsx';

/** The head of a page that is on its way, in its final size. */
export function PageSkeleton() {
  return (
    <div role="status">
      <h1 className="sr-only">Loading the page</h1>
      <div className="flex h-7 items-center">
        <Skeleton widthRem={9} heightRem={1.25} />
      </div>
      <div className="mt-0.5 flex h-4.75 items-center">
        <Skeleton widthRem={22} />
      </div>
    </div>
  );
}
