import { createElement } from 'react';
import { Caret } from '../ui/caret.tsx';
import { Menu } from '../ui/menu.tsx';
import { signInMenu } from './shell-parts.ts';

/** Where one can sign in, from every page. */
export function SignInMenu() {
  return (
    <Menu
      label="Sign in"
      named
      button={
        <>
          Sign in <Caret />
        </>
      }
      arrive={signInMenu.load}
      items={() => {
        const part = signInMenu.now();
        return part && createElement(part.SignInItems);
      }}
    />
  );
}
