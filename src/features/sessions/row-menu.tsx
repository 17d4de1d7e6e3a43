import type { Provider } from '../../providers/contract.ts';
import type { SessionFace } from '../../providers/session-face.ts';
import type { SessionView } from '../../sessions/record.ts';
import { MenuGroup, MenuItem } from '../../ui/menu-items.tsx';
import type { RowDialogKind } from './row-dialog.tsx';
import type { SessionActions } from './use-session-actions.ts';

interface RowMenuProps {
  readonly session: SessionView;
  readonly provider: Provider | undefined;
  readonly canLogOut: boolean;
  readonly actions: SessionActions;
  readonly onOpen: (dialog: RowDialogKind) => void;
  readonly onSignIn: () => void;
}

/** Everything that a person can do with one session, each with what it sends. */
export function RowMenu({ session, provider, canLogOut, actions, onOpen, onSignIn }: RowMenuProps) {
  const alive = session.tokens !== null;
  const refreshable = session.tokens?.refreshable ?? false;
  const busy = actions.doing !== null;
  const face = provider?.sessionFace(session.lineage.way);
  const probe = face && provider?.operations[face.probe.operation];
  return (
    <>
      <MenuGroup label="At the server">
        {refreshable ? (
          <MenuItem disabled={busy} hint={refreshWords(session)} onSelect={() => actions.run('refresh')}>
            Refresh
          </MenuItem>
        ) : (
          <MenuItem hint={newWords(session, face)} onSelect={onSignIn}>
            Get new
          </MenuItem>
        )}
        <MenuItem
          disabled={!alive || busy || !probe}
          hint={`Is the ${face?.carries ?? 'token'} live?${probe ? ` Sends ${probe.method} ${probe.path} once.` : ''}`}
          onSelect={() => actions.run('check')}
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

const refreshWords = ({ tokens }: SessionView): string =>
  tokens?.spends === false
    ? 'Mints a new token with the kept credential. No call ends the old one.'
    : 'Sends the refresh token for a new pair.';

function newWords({ lineage }: SessionView, face: SessionFace | undefined): string {
  if (face?.refresh?.kind === 'mint-again' && !lineage.kept) {
    return 'The credential is not kept here, so a new token takes a new sign-in.';
  }
  return face && !face.refresh
    ? 'This vendor has no refresh for it: a new token takes a new sign-in.'
    : 'There is no refresh token: a new token takes a new sign-in.';
}
