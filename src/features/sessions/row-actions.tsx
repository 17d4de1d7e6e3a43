import { createElement, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Link } from '../../ui/link.tsx';
import { useServices } from '../../console/use-services.ts';
import type { Manifest, Provider } from '../../providers/contract.ts';
import { canLogOut } from '../../sessions/can-log-out.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dots } from '../../ui/caret.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { RowDialogKind } from './row-dialog.tsx';
import { rowDialog, rowMenu } from './session-parts.ts';
import type { SessionActions } from './use-session-actions.ts';

interface RowActionsProps {
  readonly session: SessionView;
  readonly vendor: Manifest | undefined;
  /** Undefined until its chunk has arrived. The menu and the dialogs need it, the buttons do not. */
  readonly provider: Provider | undefined;
  readonly where: string;
  /** Names this row alone. */
  readonly whose: string;
  readonly signInHref: string;
  /** Nothing can be sent for it, so nothing that ends it at the server. */
  readonly misplaced: boolean;
  readonly needsSignIn: boolean;
  readonly actions: SessionActions;
  readonly copy: ReactNode;
}

export function RowActions({
  session,
  vendor,
  provider,
  where,
  whose,
  signInHref,
  misplaced,
  needsSignIn,
  actions,
  copy,
}: RowActionsProps) {
  const navigate = useNavigate();
  const { hands } = useServices();
  const [open, setOpen] = useState<RowDialogKind | null>(null);
  const alive = session.tokens !== null;
  const mayLogOut = vendor !== undefined && !misplaced && canLogOut(session, vendor);
  const close = (): void => setOpen(null);
  function show(kind: RowDialogKind): void {
    // What lives on after a forgetting is said in the vendor's words.
    const words = kind === 'forget' ? hands.provider(session.provider) : undefined;
    Promise.all([rowDialog.load(), words]).then(() => setOpen(kind), actions.notFetched);
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
          aria-label={`Sign in again: ${whose}`}
        >
          Sign in
        </Link>
      )}
      {!needsSignIn && mayLogOut && (
        <Button
          size="small"
          busy={actions.doing === 'logOut'}
          aria-label={`Log out ${whose}`}
          onClick={() => actions.run('logOut')}
        >
          Log out
        </Button>
      )}
      {!needsSignIn && !mayLogOut && !session.ended && (
        <Button size="small" aria-label={`Forget ${whose}`} aria-haspopup="dialog" onClick={() => show('forget')}>
          Forget
        </Button>
      )}
      <Menu
        label={`More for ${whose}`}
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
              canLogOut: mayLogOut,
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
          whose,
          onForget: () => {
            close();
            actions.run('forget');
          },
          onClose: close,
        })}
    </span>
  );
}
