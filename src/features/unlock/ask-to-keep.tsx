import { createElement, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { Button, type ButtonLook } from '../../ui/button.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { keepDialog } from './unlock-parts.ts';

/** Opens the question what is kept. Nothing where this browser can keep nothing. */
export function AskToKeep({ look }: { readonly look?: ButtonLook }) {
  const { vault } = useServices();
  const [asks, setAsks] = useState(false);
  const notify = useNotify();
  const KeepDialog = asks && keepDialog.now()?.KeepDialog;
  if (!vault) return null;
  const ask = (): void => {
    Promise.all([keepDialog.load(), vault.load()]).then(
      () => setAsks(true),
      () => notify({ tone: 'warn', title: 'This could not be fetched. Check that Keyward still runs.' }),
    );
  };
  return (
    <>
      <Button {...(look && { look })} aria-haspopup="dialog" onClick={ask}>
        Choose what is kept
      </Button>
      {KeepDialog && createElement(KeepDialog, { vault, onClose: () => setAsks(false) })}
    </>
  );
}
