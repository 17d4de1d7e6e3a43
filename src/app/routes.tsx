import { createElement, Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { useServices } from '../console/use-services.ts';
import { Page as Overview } from '../pages/overview/index.tsx';
import { useFetchLater } from '../pages/use-fetch-ahead.ts';
import { Arrival } from './arrival.tsx';
import { pageAt } from './page-at.ts';
import { faultScreens, PageFault } from './page-fault.tsx';
import { forgetFailedPages, pageOf } from './page-of.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { Shell } from './shell.tsx';

/** Looks the page up at every mount: one that could not be fetched is another one the next time. */
const PageIn = ({ folder }: { readonly folder: string }) =>
  folder === 'overview' ? <Overview /> : createElement(pageOf(folder));

/** One page per address. Every address is known beforehand and none has a part that varies, so a table is all it takes. */
export function ConsoleRoutes() {
  const { registry } = useServices();
  const { pathname } = useLocation();
  const [cameTo] = useState(pathname);
  const folder = pageAt(registry, pathname);
  useFetchLater(true, faultScreens.load);
  if (folder === 'signed-in') {
    return (
      <Suspense>
        <PageIn folder={folder} />
      </Suspense>
    );
  }
  return (
    <Shell>
      <PageFault at={pathname} onRetry={forgetFailedPages}>
        <Suspense fallback={<PageSkeleton />}>
          <PageIn key={folder} folder={folder} />
          <Arrival cameTo={cameTo} />
        </Suspense>
      </PageFault>
    </Shell>
  );
}
