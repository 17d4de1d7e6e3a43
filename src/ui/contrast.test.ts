/** WCAG 2.2 contrast of every pair of colours that the screens put together, computed from the tokens themselves. */
import { describe, expect, it } from 'vitest';
import { palette } from '../../tailwind.config.js';

const TEXT_MIN = 4.5;
const CONTROL_MIN = 3;

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

const grounds = ['paper', 'panel', 'sunk'];
const states = ['ok', 'warn', 'bad', 'busy'];

/** What is written on what. */
const textPairs: readonly (readonly [text: string, ground: string])[] = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...states.flatMap((state) => grounds.map((ground) => [state, ground] as const)),
  ...states.map((state) => [state, `${state}-ground`] as const),
  ...states.flatMap((state) => ['ink', 'ink-2'].map((text) => [text, `${state}-ground`] as const)),
  // The primary button and the chosen segment.
  ['panel', 'ink'],
];

/** Edges and marks that must be seen to operate the console or to read a state. */
const edgePairs: readonly (readonly [edge: string, ground: string])[] = [
  ...['control', 'focus'].flatMap((edge) => grounds.map((ground) => [edge, ground] as const)),
  ...states.flatMap((state) => grounds.map((ground) => [state, ground] as const)),
];

describe.each(themes)('%s theme', (theme) => {
  it.each(textPairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(TEXT_MIN);
  });

  it.each(edgePairs)('%s can be seen on %s', (edge, ground) => {
    expect(contrast(colour(edge, theme), colour(ground, theme))).toBeGreaterThanOrEqual(CONTROL_MIN);
  });
});

it('measures contrast as WCAG defines it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
  expect(contrast('#123456', '#123456')).toBe(1);
});

function colour(name: string, theme: Theme): string {
  const pair = palette[name];
  if (!pair) throw new Error(`No token has this name: ${name}`);
  return pair[theme === 'light' ? 0 : 1];
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  if (darker === undefined || lighter === undefined) throw new Error('Two colours make a pair');
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return channels.reduce((sum, channel, at) => sum + channel * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
}
