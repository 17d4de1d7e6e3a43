import type { Plugin } from 'vite';

/**
 * React's own modules keep all they have, because their way to export cannot be looked through by a bundler. What no line
 * of this console asks for is taken out by name: a few exports, and what stands behind `<ViewTransition>` and behind a
 * `ref` on a `<Fragment>`. Without such an element no tree has a node of that kind, and then each of these functions
 * finds nothing to do. A name that another version of React no longer has ends the build, and so does a use of what is gone.
 */
const unusedExports = {
  '/react/cjs/react.production.js': [
    'Children',
    'addTransitionType',
    'cache',
    'cacheSignal',
    'cloneElement',
    'createRef',
    'unstable_useCacheRefresh',
    'useActionState',
    'useEffectEvent',
    'useImperativeHandle',
    'useInsertionEffect',
    'useOptimistic',
    'useReducer',
    'useTransition',
  ],
  '/react-dom/cjs/react-dom.production.js': [
    'browser',
    'createPortal',
    'flushSync',
    'preconnect',
    'prefetchDNS',
    'preinit',
    'preinitModule',
    'preload',
    'preloadModule',
    'requestFormReset',
    'unstable_batchedUpdates',
    'useFormState',
    'useFormStatus',
  ],
} as const;

/** Of react-dom. Nothing where no `<ViewTransition>` is drawn. */
const ofViewTransitions = [
  'getViewTransitionName',
  'getViewTransitionClassName',
  'trackEnterViewTransitions',
  'applyViewTransitionToHostInstances',
  'applyViewTransitionToHostInstancesRecursive',
  'restoreViewTransitionOnHostInstances',
  'commitAppearingPairViewTransitions',
  'commitEnterViewTransitions',
  'commitDeletedPairViewTransitions',
  'commitExitViewTransitions',
  'commitNestedViewTransitions',
  'restorePairedViewTransitions',
  'restoreEnterOrExitViewTransitions',
  'restoreNestedViewTransitions',
  'measureViewTransitionHostInstancesRecursive',
  'measureNestedViewTransitions',
  'scheduleViewTransitionEvent',
  'reportViewTransitionError',
  'applyViewTransitionName',
  'restoreViewTransitionName',
  'startViewTransition',
  'ViewTransitionPseudoElement',
  'createViewTransitionInstance',
];

/** Of react-dom. Nothing where no `<Fragment>` has a `ref`. */
const ofFragmentRefs = [
  'FragmentInstance',
  'commitNewChildToFragmentInstances',
  'commitFragmentInstanceInsertionEffects',
  'commitFragmentInstanceDeletionEffects',
  'commitNewChildToFragmentInstance',
  'deleteChildFromFragmentInstance',
  'addEventListenerToChild',
  'removeEventListenerFromChild',
  'indexOfEventListener',
  'observeChild',
  'unobserveChild',
  'collectClientRects',
  'validateDocumentPositionWithFiberTree',
  'scrollTextNodeIntoView',
];

/** Takes a name out of a source, as often as it is there. */
function without(code: string, name: string, pattern: RegExp, instead: string): string {
  const rest = code.replace(pattern, instead);
  if (rest === code) throw new Error(`This version of React has no ${name}: see vite.react.config.ts`);
  return rest;
}

const withoutExport = (code: string, name: string): string =>
  without(
    code,
    name,
    new RegExp(`^exports\\.${name} = (?:\\w+;|function \\([\\s\\S]*?\\) \\{[\\s\\S]*?^\\};)$`, 'm'),
    '',
  );

const emptied = (code: string, name: string): string =>
  without(code, name, new RegExp(`^function ${name}\\([\\s\\S]*?^\\}$`, 'm'), `function ${name}() {}`);

const withoutMethods = (code: string, name: string): string =>
  without(code, name, new RegExp(`^${name}\\.prototype\\.\\w+ = function[\\s\\S]*?^\\};$`, 'gm'), '');

/** Names of properties stay as they are when the rest is shortened. */
const goneCall = new RegExp(`\\.(?:${Object.values(unusedExports).flat().join('|')})\\)?[.(]`);

const gone = (where: string) =>
  new Error(`What this uses of React is left out of the build: ${where} (vite.react.config.ts)`);

export const lessOfReact: Plugin = {
  name: 'keyward-less-of-react',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    const path = id.replaceAll('\\', '/');
    for (const [file, names] of Object.entries(unusedExports)) {
      if (path.endsWith(file)) return names.reduce(withoutExport, code);
    }
    if (path.endsWith('/react-dom/cjs/react-dom-client.production.js')) {
      const rest = [...ofViewTransitions, ...ofFragmentRefs].reduce(emptied, code);
      return ['ViewTransitionPseudoElement', 'FragmentInstance'].reduce(withoutMethods, rest);
    }
    if (path.includes('/src/') && /\bViewTransition\b|<Fragment\b[^>]*\sref=/.test(code)) throw gone(path);
    return null;
  },
  // Afterwards, because much that is asked for falls away together with who asks.
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      const used = file.type === 'chunk' && goneCall.exec(file.code);
      if (used) throw gone(`${file.fileName}: ${used[0]}`);
    }
  },
};
