import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Provider } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dots } from '../../ui/caret.tsx';
import { Menu, MenuGroup, MenuItem } from '../../ui/menu.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { SessionFacts } from './session-facts.tsx';
import type { SessionActions } from './use-session-actions.ts';

interface RowActionsProps {
  readonly session: SessionView;
  readonly provider: Provider | undefined;
  readonly where: string;
  readonly signInHref: string;
  readonly needsSignIn: boolean;
  readonly actions: SessionActions;
  readonly copy: ReactNode;
}

type Open = 'forget' | 'facts' | null;

export function RowActions({ session, provider, where, signInHref, needsSignIn, actions, copy }: RowActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const who = `${session.identity.name}, ${where}`;
  const alive = session.tokens !== null;
  const canLogOut = alive && provider?.logOut !== undefined && session.tokens.refreshable;
  const close = (): void => setOpen(null);

  return (
    // A dialog inherits from where it is written: the cell's alignment must not reach it.
    <span className="actions text-left whitespace-normal">
      {alive && copy}
      {needsSignIn && (
        <Link
          to={signInHref}
          className={buttonClass(alive ? 'secondary' : 'primary', 'small')}
          aria-label={`Sign in again: ${who}`}
        >
          Sign in
        </Link>
      )}
      {!needsSignIn && canLogOut && (
        <Button size="small" busy={actions.doing === 'log-out'} aria-label={`Log out ${who}`} onClick={actions.logOut}>
          Log out
        </Button>
      )}
      {!needsSignIn && provider && !canLogOut && (
        <Button size="small" aria-label={`Forget ${who}`} aria-haspopup="dialog" onClick={() => setOpen('forget')}>
          Forget
        </Button>
      )}
      <Menu
        label={`More for ${who}`}
        button={<Dots />}
        look="quiet"
        size="icon-small"
        items={() => (
          <RowMenu
            alive={alive}
            refreshable={session.tokens?.refreshable ?? false}
            canLogOut={canLogOut}
            provider={provider}
            actions={actions}
            onOpen={setOpen}
          />
        )}
      />
      {open === 'forget' && provider && (
        <ForgetDialog
          session={session}
          provider={provider}
          where={where}
          onForget={() => {
            close();
            actions.forget();
          }}
          onClose={close}
        />
      )}
      {open === 'facts' && <SessionFacts session={session} where={where} provider={provider} onClose={close} />}
    </span>
  );
}

interface RowMenuProps {
  readonly alive: boolean;
  readonly refreshable: boolean;
  readonly canLogOut: boolean;
  readonly provider: Provider | undefined;
  readonly actions: SessionActions;
  readonly onOpen: (open: Open) => void;
}

function RowMenu({ alive, refreshable, canLogOut, provider, actions, onOpen }: RowMenuProps) {
  const busy = actions.doing !== null;
  const probe = provider?.operations[provider.probe.operation];
  return (
    <>
      <MenuGroup label="At the server">
        <MenuItem
          disabled={!refreshable || busy}
          hint={refreshable ? 'Sends the refresh token for a new pair.' : 'There is no refresh token.'}
          onSelect={actions.refresh}
        >
          Refresh
        </MenuItem>
        <MenuItem
          disabled={!alive || busy || !probe}
          hint={probe ? `Is the token live? Sends ${probe.method} ${probe.path} once.` : 'Is the token live?'}
          onSelect={actions.check}
        >
          Check
        </MenuItem>
      </MenuGroup>
      <MenuGroup label="Here">
        <MenuItem hint="Sends nothing." onSelect={() => onOpen('facts')}>
          Details
        </MenuItem>
        <MenuItem
          danger
          disabled={!provider}
          hint={
            canLogOut ? 'Drops it here alone. The session stays open at the server.' : 'Drops it here. Sends nothing.'
          }
          onSelect={() => onOpen('forget')}
        >
          Forget…
        </MenuItem>
      </MenuGroup>
    </>
  );
}
