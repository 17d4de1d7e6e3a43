/**
 * Who may import whom, as data for eslint-plugin-boundaries.
 *
 * One order: a room imports from rooms to its left. Siblings (two vendors, two features, two pages) never import each
 * other. `ui` stands beside the row. The gateway shares nothing but data and types with the page; the stand-ins share
 * nothing at all, since a mistake that both sides share would pass every test.
 */
import boundaries from 'eslint-plugin-boundaries';

const row = [
  'lib',
  'http',
  'providers',
  'sessions',
  'vault',
  'refresh',
  'revocation',
  'console',
  'features',
  'pages',
  'app',
  'main',
];

/** Rooms that consist of siblings: each subfolder is an element of its own, named by `captured.name`. */
const roomsOfSiblings = { providers: 'vendor', features: 'feature', pages: 'page' };

const elements = [
  ...Object.entries(roomsOfSiblings).map(([room, type]) => ({
    type,
    pattern: `src/${room}/*`,
    capture: ['name'],
    partialMatch: false,
  })),
  ...row.filter((room) => room !== 'main').map((room) => ({ type: room, pattern: `src/${room}`, partialMatch: false })),
  { type: 'ui', pattern: 'src/ui', partialMatch: false },
  // What lies in src itself: main.tsx.
  { type: 'main', pattern: 'src', partialMatch: false },
  { type: 'gateway', pattern: 'gateway', partialMatch: false },
  { type: 'stand-ins', pattern: 'stand-ins', partialMatch: false },
  { type: 'outside', pattern: '{bench,docs,e2e,lint,scripts,test}', partialMatch: false },
];

/** Files that may use React outside the rooms that draw. */
export const hookFiles = ['src/**/use-*.ts', 'src/**/use-*.tsx'];

/** Rooms that draw. */
export const drawingRooms = ['src/{ui,features,pages,app}/**', 'src/main.tsx'];

const to = (...types) => ({ to: { element: { type: types } } });

/** The types of every element of a room: its siblings, and what lies beside them in the room itself. */
const elementsOf = (room) => [room, ...(Object.hasOwn(roomsOfSiblings, room) ? [roomsOfSiblings[room]] : [])];

/** Everything to the left of a room. Vendors are left out: what is not a vendor's own page must not know one. */
function leftOf(room) {
  const left = row.slice(0, row.indexOf(room)).flatMap(elementsOf);
  const seesUi = ['features', 'pages', 'app', 'main'].includes(room);
  return [...left.filter((type) => type !== 'vendor'), ...(seesUi ? ['ui'] : [])];
}

const policies = [
  ...row.flatMap((room) =>
    elementsOf(room).map((type) => ({
      from: { element: { type } },
      // A sibling may use what lies beside it in its room: a vendor the contract that it fulfils.
      allow: to(...leftOf(room), ...(type === room ? [] : [room])),
    })),
  ),
  { from: { element: { type: 'ui' } }, allow: to('lib') },
  // The registry lists the vendors; the vendor's own page draws what that vendor alone has.
  { from: { element: { type: 'providers' } }, allow: to('vendor') },
  {
    from: { element: { type: 'page' } },
    allow: { to: { element: { type: 'vendor', captured: { name: '{{ from.element.captured.name }}' } } } },
  },
  {
    from: { element: { type: 'gateway' } },
    allow: [
      { to: { file: { path: 'src/providers/*/{operations,settings}.ts' } } },
      { ...to(...row.flatMap(elementsOf)), dependency: { kind: 'type' } },
    ],
  },
  // The demo: whoever starts the gateway without a file of connections gets the stand-ins.
  {
    from: { file: { path: 'gateway/main.ts' } },
    allow: { to: { file: { path: 'stand-ins/main.ts' } } },
  },
];

/** @type {import('eslint').Linter.Config} */
export const rooms = {
  plugins: { boundaries },
  settings: {
    'boundaries/elements': elements,
    'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
    'import/resolver': { typescript: { project: 'tsconfig.json' } },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkUnknownLocals: true,
        policies,
        message:
          'This import runs against the order of the rooms (lint/rooms.js): {{ from.element.type }} must not import from {{ to.element.type }}.',
      },
    ],
  },
};

/**
 * For every file outside `drawingRooms` and `hookFiles`: what stays without React can be tested without a page.
 *
 * @type {import('eslint').Linter.Config}
 */
export const withoutReact = {
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [
          { name: 'zustand', message: "Use 'zustand/vanilla': the bare name is the React binding." },
          {
            name: '@tanstack/react-query',
            allowImportNames: ['QueryClient', 'queryOptions'],
            message: 'Of this package only what knows no React.',
          },
        ],
        patterns: [
          {
            group: ['react', 'react/*', 'react-dom', 'react-dom/*', 'react-router', 'react-router/*'],
            message: 'React is for ui, features, pages, app, main and files named use-*.ts.',
          },
          {
            group: ['zustand/react', 'zustand/react/*'],
            message: 'This is a React binding; React is for ui, features, pages, app, main and files named use-*.ts.',
          },
        ],
      },
    ],
  },
};
