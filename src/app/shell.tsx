import { createElement, useCallback, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { Link } from '../ui/link.tsx';
import { useHello, useKeeping, useServices, useSessions } from '../console/use-services.ts';
import { Brand } from '../ui/brand.tsx';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useLater } from '../ui/use-later.ts';
import { useShortcuts, type Shortcut } from '../ui/use-shortcuts.ts';
import { useNotify } from '../ui/notices.tsx';
import { Announcements } from './announcements.tsx';
import { Navigation } from './navigation.tsx';
import { countSessions } from './session-counts.ts';
import { ShellBands } from './shell-bands.tsx';
import { ShellFoot } from './shell-foot.tsx';
import { helpDialog, slotMarks } from './shell-parts.ts';
import { SignInMenu } from './sign-in-menu.tsx';

/** What stands around every page: rail, bar, bands, foot. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const sessions = useSessions();
  const { hello } = useHello();
  const { vault, slotCounts } = useServices();
  const { keeping } = useKeeping();
  const [helpOpen, setHelpOpen] = useState(false);
  const notify = useNotify();
  const navigate = useNavigate();
  const showHelp = useCallback(() => {
    helpDialog.load().then(
      () => setHelpOpen(true),
      () => notify({ tone: 'warn', title: 'The list could not be fetched. Check that Keyward still runs.' }),
    );
  }, [notify]);
  const HelpDialog = helpOpen && helpDialog.now()?.HelpDialog;
  const counted = useStore(slotCounts);
  const marks = useLater(slotMarks, counted.size > 0);
  const slots = useMemo(() => marks?.slotMarks(sessions, counted.values()), [sessions, marks, counted]);
  const count = useMemo(() => countSessions(sessions, slots), [sessions, slots]);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: 'Ctrl+k', label: 'Check a key', run: () => void navigate('/check') },
      { keys: '?', label: 'Show this list', run: showHelp },
    ],
    [navigate, showHelp],
  );
  useShortcuts(shortcuts);

  return (
    <div className="shell">
      <a href="#page" className="skip">
        Skip to the page
      </a>
      <header className="contents">
        <div className="rail">
          <Link to="/" className="rail-brand">
            <Brand />
          </Link>
          <Navigation count={count} fullest={slots?.keys().next().value} />
        </div>
        <div className="bar">
          {hello?.demo === true && (
            <p className="text-ink-2">
              <span className="font-semibold text-ink">Demo</span>
              <span className="bar-more"> · the servers are stand-ins on this machine</span>
            </p>
          )}
          <div className="bar-actions">
            {keeping === 'vault' && (
              <Button look="quiet" onClick={() => void vault?.load().then((desk) => desk.lock())}>
                Lock
              </Button>
            )}
            <span className="bar-keys">
              <Button look="quiet" onClick={showHelp}>
                Shortcuts <Kbd>?</Kbd>
              </Button>
            </span>
            <SignInMenu />
          </div>
        </div>
      </header>
      <main id="page" tabIndex={-1} className="page">
        <ShellBands />
        {children}
      </main>
      <ShellFoot />
      {HelpDialog && createElement(HelpDialog, { onClose: () => setHelpOpen(false) })}
      <Announcements />
    </div>
  );
}
