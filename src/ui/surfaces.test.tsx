import { act, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Band } from './band.tsx';
import { NeedCard } from './need-card.tsx';
import { PageHeader } from './page-header.tsx';
import { Panel } from './panel.tsx';
import { State } from './state.tsx';
import { TickText } from './tick-text.tsx';
import { TimeProvider } from './use-time.ts';

describe('a state', () => {
  it.each(['ready', 'busy', 'attention', 'bad', 'unknown'] as const)('%s has a word and a shape of its own', (kind) => {
    const { container } = render(<State kind={kind}>In words</State>);
    expect(screen.getByText('In words')).toBeVisible();
    expect(container.querySelector('[aria-hidden]')).toHaveAttribute('data-mark', kind);
  });

  it.each([
    ['ok', 'ready'],
    ['warn', 'attention'],
    ['bad', 'bad'],
    ['busy', 'busy'],
  ] as const)('a band and a card of tone %s carry the shape of %s', (tone, mark) => {
    const { container } = render(
      <>
        <Band tone={tone} title="Proven dead" />
        <NeedCard tone={tone} title="2 keys never expire">
          They are old.
        </NeedCard>
      </>,
    );
    expect([...container.querySelectorAll('.mark')].map((shape) => shape.getAttribute('data-mark'))).toEqual([
      mark,
      mark,
    ]);
  });
});

it('a band speaks up only where it was asked to', () => {
  const { rerender } = render(<Band tone="bad" title="Refused" />);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  rerender(<Band tone="bad" title="Refused" alerts />);
  expect(screen.getByRole('alert')).toHaveTextContent('Refused');
});

it('a panel with a title is a region with that name', () => {
  render(<Panel title="Sessions">…</Panel>);
  expect(screen.getByRole('region', { name: 'Sessions' })).toBeVisible();
});

it('a page names the document and can receive focus', () => {
  render(<PageHeader title="Overview">7 sessions</PageHeader>);
  expect(document.title).toBe('Overview · Keyward');
  screen.getByRole('heading', { level: 1, name: 'Overview' }).focus();
  expect(screen.getByRole('heading')).toHaveFocus();
});

it('text that depends on the time is written by the ticker', () => {
  vi.useFakeTimers({ now: 0 });
  const text = (nowMs: number): string => `asks again in ${8 - nowMs / 1_000} s`;
  render(
    <TimeProvider nowMs={Date.now}>
      <TickText text={text} />
    </TimeProvider>,
  );
  expect(screen.getByText('asks again in 8 s')).toBeVisible();
  act(() => {
    vi.advanceTimersByTime(2_010);
  });
  expect(screen.getByText('asks again in 6 s')).toBeVisible();
});
