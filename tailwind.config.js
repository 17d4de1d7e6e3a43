import plugin from 'tailwindcss/plugin';

/**
 * Every token of the look, for both themes: [light, dark]. The only place where a colour is written down. Contrast is
 * computed in src/ui/contrast.test.ts; run it after touching a value.
 *
 * The interface is ink on paper. Only a state has a colour, and it always comes with a shape and a word.
 *
 * @type {Readonly<Record<string, readonly [light: string, dark: string]>>}
 */
export const palette = {
  // Grounds: the page, cards on it, wells in it.
  paper: ['#f6f5f2', '#141517'],
  panel: ['#ffffff', '#1b1d20'],
  sunk: ['#efeeea', '#101113'],

  // Hairlines, and the edge of what can be operated (3:1).
  line: ['#dddbd4', '#2c2f33'],
  'line-strong': ['#c3c0b7', '#43474d'],
  control: ['#8a877e', '#747a83'],

  // Text (4.5:1 on all three grounds).
  ink: ['#1b1c1e', '#ecebe8'],
  'ink-2': ['#55565a', '#b3b4b6'],
  'ink-3': ['#646569', '#93959a'],

  // States, and the grounds of their bands.
  ok: ['#1d7a4c', '#58c58d'],
  warn: ['#9a5b00', '#e5a84b'],
  bad: ['#b3261e', '#f08a80'],
  busy: ['#2459c9', '#86abf7'],
  'ok-ground': ['#e3f2e9', '#173126'],
  'warn-ground': ['#fbeed8', '#35280f'],
  'bad-ground': ['#fbe6e4', '#3a1c1a'],
  'busy-ground': ['#e4ecfc', '#1a2745'],

  focus: ['#2459c9', '#86abf7'],
};

const names = Object.keys(palette);

/** One density: 13 px text, controls of 26 and 30 px, 34 px under a finger or on a narrow page. In rem, so that a larger text size holds. */
const heights = {
  '--control-height': '1.875rem',
  '--control-height-small': '1.625rem',
};
const heightsUnderAFinger = {
  '--control-height': '2.125rem',
  '--control-height-small': '2.125rem',
};

const tokens = plugin(({ addBase }) => {
  addBase({
    // `light-dark()` follows `color-scheme`, so the system's choice needs no script and a person's own needs one attribute.
    ':root': {
      'color-scheme': 'light dark',
      ...Object.fromEntries(names.map((name) => [`--${name}`, `light-dark(${palette[name].join(', ')})`])),
      ...heights,
    },
    ':root[data-theme="light"]': { 'color-scheme': 'light' },
    ':root[data-theme="dark"]': { 'color-scheme': 'dark' },
    '@media (width < 40rem), (pointer: coarse)': { ':root': heightsUnderAFinger },
  });
});

export default {
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      ...Object.fromEntries(names.map((name) => [name, `var(--${name})`])),
    },
    fontFamily: {
      sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
      mono: 'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    },
    fontSize: {
      xs: ['0.6875rem', '1rem'],
      sm: ['0.75rem', '1.125rem'],
      base: ['0.8125rem', '1.1875rem'],
      lg: ['0.9375rem', '1.375rem'],
      xl: ['1.25rem', '1.75rem'],
      '2xl': ['1.875rem', '2.25rem'],
    },
    borderRadius: {
      none: '0',
      sm: '0.25rem',
      DEFAULT: '0.375rem',
      lg: '0.5rem',
      full: '9999px',
    },
    boxShadow: { none: 'none' },
    extend: {
      spacing: {
        control: 'var(--control-height)',
        'control-small': 'var(--control-height-small)',
      },
    },
  },
  plugins: [tokens],
};
