import { createElement, useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Provider } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dots } from '../../ui/caret.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { RowDialogKind } from './row-dialog.tsx';
import { rowDialog, rowMenu } from './session-parts.ts';
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

export function RowActions({ session, provider, where, signInHref, needsSignIn, actions, copy }: RowActionsProps) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<RowDialogKind | null>(null);
  const who = `${session.identity.name}, ${where}`;
  const alive = session.tokens !== null;
  const logOut = provider?.sessionFace(session.lineage.way).logOut;
  const canLogOut = alive && logOut !== undefined && (session.tokens.refreshable || !logOut.needsRefreshToken);
  const close = (): void => setOpen(null);
  function show(kind: RowDialogKind): void {
    rowDialog.load().then(() => setOpen(kind), actions.notFetched);
  }
  const Dialog = open && rowDialog.now()?.RowDialog;

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
        <Button
          size="small"
          busy={actions.doing === 'logOut'}
          aria-label={`Log out ${who}`}
          onClick={() => actions.run('logOut')}
        >
          Log out
        </Button>
      )}
      {!needsSignIn && provider && !canLogOut && (
        <Button size="small" aria-label={`Forget ${who}`} aria-haspopup="dialog" onClick={() => show('forget')}>
          Forget
        </Button>
      )}
      <Menu
        label={`More for ${who}`}
        button={<Dots />}
        look="quiet"
        size="icon-small"
        arrive={rowMenu.load}
        items={() => {
          const part = rowMenu.now();
          return (
            part &&
            createElement(part.RowMenu, {
              session,
              provider,
              canLogOut,
              actions,
              onOpen: show,
              onSignIn: () => void navigate(signInHref),
            })
          );
        }}
      />
      {Dialog &&
        createElement(Dialog, {
          kind: open,
          session,
          provider,
          where,
          onForget: () => {
            close();
            actions.run('forget');
          },
          onClose: close,
        })}
    </span>
  );
}
