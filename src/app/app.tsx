import './theme-start.ts';
import { BrowserRouter } from 'react-router';
import type { Services } from '../console/services.ts';
import { ServicesProvider } from '../console/use-services.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Notices } from '../ui/notices.tsx';
import { ShortcutsProvider } from '../ui/use-shortcuts.ts';
import { TimeProvider } from '../ui/use-time.ts';
import { PageFault } from './page-fault.tsx';
import { ConsoleRoutes } from './routes.tsx';

/** The console on a page: everything that screens take from their surroundings, around the routes. */
export function App({ services }: { readonly services: Services }) {
  return (
    <PageFault>
      <ServicesProvider value={services}>
        <TimeProvider nowMs={services.nowMs}>
          <LiveRegion>
            <Notices>
              <ShortcutsProvider>
                <BrowserRouter>
                  <ConsoleRoutes />
                </BrowserRouter>
              </ShortcutsProvider>
            </Notices>
          </LiveRegion>
        </TimeProvider>
      </ServicesProvider>
    </PageFault>
  );
}
