import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PageFault } from './page-fault.tsx';

let broken = true;

function Page() {
  if (broken) throw new Error('cannot read canary-secret-in-an-error');
  return <p>The page</p>;
}

describe('PageFault', () => {
  beforeEach(() => {
    broken = true;
    // React reports what a boundary caught; it is expected here.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('says in words what happened, and nothing of the error itself', async () => {
    const { container } = render(
      <PageFault at="/a">
        <Page />
      </PageFault>,
    );
    expect(screen.getByRole('alert')).toHaveTextContent('This page broke');
    expect(document.title).toBe('This page broke · Keyward');
    expect(await screen.findByText(/Nothing was sent because of it/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Reload Keyward' })).toBeVisible();
    expect(container.innerHTML).not.toContain('canary');
  });

  it('tries again when asked, after telling so', async () => {
    const onRetry = vi.fn();
    render(
      <PageFault at="/a" onRetry={onRetry}>
        <Page />
      </PageFault>,
    );
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByText('The page')).toBeVisible();
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('is over on another page', () => {
    const { rerender } = render(
      <PageFault at="/a">
        <Page />
      </PageFault>,
    );
    rerender(<PageFault at="/b">Another page</PageFault>);
    expect(screen.getByText('Another page')).toBeVisible();
  });
});
