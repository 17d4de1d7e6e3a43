import { useLayoutEffect, useRef } from 'react';
import { writeText } from './ticker.ts';
import { useTime } from './use-time.ts';

interface TickTextProps {
  /** The text at a moment. Keep its identity (`useCallback`) where it depends on nothing new. */
  readonly text: (nowMs: number) => string;
  /** Full date and zone, for the tooltip. */
  readonly title?: string;
}

/** Text that depends on the time: "12 min ago", "asks again in 8 s". Written by the ticker, rendered once. */
export function TickText({ text, title }: TickTextProps) {
  const element = useRef<HTMLSpanElement>(null);
  const { nowMs, ticker } = useTime();

  useLayoutEffect(() => {
    const span = element.current;
    if (!span) return undefined;
    writeText(span, text(nowMs()));
    return ticker.watch((atMs) => {
      writeText(span, text(atMs));
    });
  }, [text, nowMs, ticker]);

  return <span ref={element} className="tabular-nums" title={title} />;
}
