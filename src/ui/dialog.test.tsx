import { fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Dialog } from './dialog.tsx';

const onClose = vi.fn();
const draw = (insistent: boolean) =>
  render(
    <Dialog title="End this session?" insistent={insistent} onClose={onClose} actions={<button>End session</button>}>
      It frees a slot.
    </Dialog>,
  );

describe('Dialog', () => {
  it('is open, modal and named as long as it is rendered', () => {
    const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal');
    const { unmount } = draw(false);
    const dialog = screen.getByRole('dialog', { name: 'End this session?' });
    expect(dialog).toHaveAttribute('open');
    expect(showModal).toHaveBeenCalledOnce();
    unmount();
    expect(dialog).not.toHaveAttribute('open');
  });

  it('tells when the browser closed it', () => {
    onClose.mockReset();
    draw(false);
    screen.getByRole<HTMLDialogElement>('dialog').close();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('does not take its own closing for a wish to close', () => {
    onClose.mockReset();
    // Strict mode mounts twice: opened, closed, opened.
    const { unmount } = render(
      <StrictMode>
        <Dialog title="End this session?" onClose={onClose} actions={<button>End session</button>}>
          It frees a slot.
        </Dialog>
      </StrictMode>,
    );
    // A browser sends the event of the first closing only now.
    fireEvent(screen.getByRole('dialog'), new Event('close'));
    unmount();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('can be dismissed, at once and once, unless it insists', () => {
    onClose.mockReset();
    const cancel = () => fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    const { unmount } = draw(false);
    expect(screen.getByRole('dialog')).toHaveAttribute('closedby', 'any');
    // Not closed by the browser, which would tell so only later: a press on what opened it may come before.
    expect(cancel()).toBe(false);
    expect(onClose).toHaveBeenCalledOnce();
    unmount();
    draw(true);
    expect(screen.getByRole('dialog')).toHaveAttribute('closedby', 'none');
    expect(cancel()).toBe(false);
    expect(onClose).toHaveBeenCalledOnce();
  });
});
