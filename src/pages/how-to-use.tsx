import { createElement, useState } from 'react';
import type { Said } from '../features/copy-token/copied-words.ts';
import { allShapes, byHand } from '../features/copy-token/copy-parts.ts';
import { curl, writeAs } from '../features/copy-token/first-shape.ts';
import { shapeLabels, type ShapeId } from '../features/copy-token/shape-names.ts';
import { exampleCall, fill, ridesInQuery } from '../features/copy-token/template-pieces.ts';
import { useCopy } from '../features/copy-token/use-copy.ts';
import type { Connection } from '../http/envelope.ts';
import { writeToClipboard } from '../lib/write-clipboard.ts';
import type { Provider } from '../providers/contract.ts';
import type { ExampleCall } from '../providers/session-face.ts';
import type { SessionView } from '../sessions/record.ts';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { useNotify } from '../ui/notices.tsx';
import { Panel } from '../ui/panel.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { useLater } from '../ui/use-later.ts';

const SHAPES: readonly ShapeId[] = ['curl', 'fetch', 'httpie', 'python', 'dotenv', 'header'];
/** Stands where the token will stand. It is never a real one: the screen does not hold secrets. */
const MASK = '********';

interface HowToUseProps {
  readonly provider: Provider;
  readonly connection: Connection;
  /** Whose token is copied where one is asked for; without it only the form with a variable can be had. */
  readonly session: SessionView | undefined;
}

/** A working call of that vendor in the language of one's choice, with the name of a variable in the token's place. */
export function HowToUse({ provider, connection, session }: HowToUseProps) {
  const call = exampleOf(provider, connection, session);
  if (!call) {
    return (
      <Panel title="How to use it">
        <p className="text-ink-2">Sign in first: the example is written for the token that you then have.</p>
      </Panel>
    );
  }
  const way = session?.lineage.way ?? provider.signIn[0]?.id ?? '';
  return <Example call={call} session={session} what={provider.carries?.[way] ?? 'token'} />;
}

/**
 * The call with a mask in the token's place, as the session's own way in has it travel. Undefined where it would have
 * holes: a token that is for one target names it in its call.
 */
function exampleOf(
  provider: Provider,
  connection: Connection,
  session: SessionView | undefined,
): ExampleCall | undefined {
  const own = session?.tokens ? session : undefined;
  const way = own?.lineage.way ?? provider.signIn.find(({ kind }) => kind !== 'check')?.id;
  if (way === undefined) return undefined;
  const tokens = { ...(own?.tokens ?? nothingKnown), accessToken: MASK };
  const call = exampleCall(provider.sessionFace(way), tokens, connection, (own ?? connection).baseUrl);
  return !own && hasHoles(call) ? undefined : call;
}

const nothingKnown = { accessExpiry: { kind: 'unknown' }, facts: [] } as const;

/** Something travels with the token that nobody knows before there is one: whose it is, or what it is for. */
const hasHoles = ({ url, headers, query }: ExampleCall): boolean =>
  new URL(url).pathname.includes('//') || [...headers, ...query].some(({ value }) => fill(value) === '');

interface ExampleProps {
  readonly call: ExampleCall;
  readonly session: SessionView | undefined;
  /** "token", "access key" */
  readonly what: string;
}

function Example({ call, session, what }: ExampleProps) {
  const [shape, setShape] = useState<ShapeId>('curl');
  const [wantsToken, setWantsToken] = useState(false);
  const withToken = wantsToken && session !== undefined;
  const form = withToken ? 'secret' : 'variable';
  const more = useLater(allShapes, true);
  const written = shape === 'curl' ? writeAs(curl, call, form) : more?.writeShape(call, { shape, form });
  const text = written && (written.ok ? written.value : written.failure);
  const labelOf = (id: ShapeId): string => (id === 'header' && ridesInQuery(call) ? 'Parameter' : shapeLabels[id]);

  return (
    <Panel
      title="How to use it"
      flush
      actions={
        <Segmented
          label="Language of the example"
          small
          value={shape}
          options={SHAPES.map((id) => ({ value: id, label: labelOf(id) }))}
          onChange={setShape}
        />
      }
    >
      <div className="grid gap-2 border-b border-line px-3.5 py-2.5">
        {session && (
          <Switch
            label={`Copy it with the ${what} in it`}
            shown
            hint="For a terminal of your own. It does not belong in a repository, a ticket or a chat. The screen shows a mask."
            checked={wantsToken}
            onChange={setWantsToken}
          />
        )}
        {call.warning !== undefined && (
          <p className="flex items-baseline gap-1.75 text-ink-2">
            <span className="text-warn">
              <span className="mark" data-mark="attention" aria-hidden="true" />
            </span>
            {call.warning}
          </p>
        )}
        {call.warning === undefined && !session && (
          <p className="text-ink-2">
            Put the {what} into{' '}
            <code className="font-mono text-sm text-ink">${call.variables[0]?.name ?? 'TOKEN'}</code> first; sign in to
            copy one.
          </p>
        )}
      </div>
      <CodeBlock
        label={`${labelOf(shape)} example`}
        flush
        action={
          text === undefined ? undefined : withToken ? (
            <CopyWithToken key={session.id} session={session} shape={shape} what={what} />
          ) : (
            <CopyText text={text} shape={shape} />
          )
        }
      >
        {text === undefined ? 'Loading…' : <Marked text={text} call={call} />}
      </CodeBlock>
    </Panel>
  );
}

/** The address and the variable are what one looks for. */
function Marked({ text, call }: { readonly text: string; readonly call: ExampleCall }) {
  const words = [call.url, MASK, ...call.variables.flatMap(({ name }) => [`\${${name}}`, `$${name}`, name])];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|')})`);
  return text.split(pattern).map((part, at) =>
    at % 2 === 1 ? (
      <b key={`${String(at)} ${part}`} className="font-semibold text-ink">
        {part}
      </b>
    ) : (
      part
    ),
  );
}

function CopyText({ text, shape }: { readonly text: string; readonly shape: ShapeId }) {
  const notify = useNotify();
  async function copy(): Promise<void> {
    const done = await writeToClipboard(Promise.resolve(text));
    notify(
      done === 'copied'
        ? { tone: 'ok', title: `Copied as ${shapeLabels[shape]}; it holds no secret` }
        : {
            tone: 'warn',
            title: 'The browser did not allow the copy.',
            more: 'Select the example and copy it by hand.',
          },
    );
  }
  return (
    <Button size="small" aria-label={`Copy the ${shapeLabels[shape]} example`} onClick={() => void copy()}>
      Copy
    </Button>
  );
}

interface CopyWithTokenProps {
  readonly session: SessionView;
  readonly shape: ShapeId;
  readonly what: string;
}

function CopyWithToken({ session, shape, what }: CopyWithTokenProps) {
  const notify = useNotify();
  const { copy, busy, refused, leave } = useCopy(session.id, ({ tone, sentence, more }: Said) =>
    notify({ tone, title: sentence, more: more ?? session.identity.name }),
  );
  const label = shapeLabels[shape];
  const ByHand = byHand.now()?.ByHand;
  return (
    <>
      <Button
        size="small"
        busy={busy}
        disabled={session.tokens === null}
        aria-label={`Copy the ${label} example with the ${what} of ${session.identity.name}`}
        onClick={() => copy({ shape, form: 'secret' })}
      >
        Copy with {what}
      </Button>
      {refused &&
        ByHand &&
        createElement(ByHand, {
          text: refused.text,
          what: `${label} example`,
          onCopied: () => leave(true),
          onClose: () => leave(false),
        })}
    </>
  );
}
