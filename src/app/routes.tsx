import { createElement, Suspense, useState } from 'react';
import { Outlet, Route, Routes, useLocation } from 'react-router';
import { useServices } from '../console/use-services.ts';
import { Page as Overview } from '../pages/overview/index.tsx';
import { Arrival } from './arrival.tsx';
import { PageFault } from './page-fault.tsx';
import { forgetFailedPages, pageOf } from './page-of.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { Shell } from './shell.tsx';

/** Looks the page up at every mount: one that could not be fetched is another one the next time. */
const PageIn = ({ folder }: { readonly folder: string }) => createElement(pageOf(folder));

/** One route per page; those of the vendors come from the registry. */
export function ConsoleRoutes() {
  const { registry } = useServices();
  return (
    <Routes>
      <Route
        path="/signed-in"
        element={
          <Suspense>
            <PageIn folder="signed-in" />
          </Suspense>
        }
      />
      <Route element={<ShellAroundPage />}>
        <Route index element={<Overview />} />
        {registry.map(({ id, route }) => (
          <Route key={id} path={route} element={<PageIn key={id} folder={id} />} />
        ))}
        <Route path="/activity" element={<PageIn key="activity" folder="activity" />} />
        <Route path="/settings" element={<PageIn key="settings" folder="settings" />} />
        <Route path="*" element={<PageIn key="not-found" folder="not-found" />} />
      </Route>
    </Routes>
  );
}

function ShellAroundPage() {
  const { pathname } = useLocation();
  const [cameTo] = useState(pathname);
  return (
    <Shell>
      <PageFault at={pathname} onRetry={forgetFailedPages}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
          <Arrival cameTo={cameTo} />
        </Suspense>
      </PageFault>
    </Shell>
  );
}
