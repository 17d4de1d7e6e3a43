import { fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation, useNavigationType } from 'react-router';
import { describe, expect, it } from 'vitest';
import { Link } from './link.tsx';

function Here() {
  const { pathname, search } = useLocation();
  return <output>{`${useNavigationType()} ${pathname}${search}`}</output>;
}

function drawAt(address: string): HTMLElement {
  render(
    <MemoryRouter initialEntries={[address]}>
      <Link to="/ocp?connection=demo">OCP</Link>
      <Here />
    </MemoryRouter>,
  );
  return screen.getByRole('link', { name: 'OCP' });
}

const here = () => screen.getByRole('status').textContent;

describe('Link', () => {
  it('leads to the page without loading it anew', () => {
    const link = drawAt('/');
    expect(link).toHaveAttribute('href', '/ocp?connection=demo');
    expect(fireEvent.click(link)).toBe(false);
    expect(here()).toBe('PUSH /ocp?connection=demo');
  });

  it('is no step back from the page that it stands on', () => {
    fireEvent.click(drawAt('/ocp?connection=demo'));
    expect(here()).toBe('REPLACE /ocp?connection=demo');
  });

  it.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }])(
    'leaves another tab or window to the browser: %j',
    (press) => {
      expect(fireEvent.click(drawAt('/'), press)).toBe(true);
      expect(here()).toBe('POP /');
    },
  );
});
