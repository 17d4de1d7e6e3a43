import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick' | 'target'> {
  /** An address of the console: path, and search and hash where it has them. */
  readonly to: string;
}

/**
 * Leads to another page without loading the console anew. The router's own link carries ways of a framework that is not
 * used here. What asks for another tab or window is the browser's to do.
 */
export function Link({ to, children, ...rest }: LinkProps) {
  const navigate = useNavigate();
  const { pathname, search, hash } = useLocation();
  function follow(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // As a browser does: the page one is on is not one more step back.
    void navigate(to, { replace: to === `${pathname}${search}${hash}` });
  }
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}
