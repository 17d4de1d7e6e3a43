import { useState } from 'react';
import { Button, type ButtonLook, type ButtonSize } from './button.tsx';

interface AskFirstProps {
  /** Of the first press. */
  readonly label: string;
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
  /** What the second press means, as things stand now. */
  readonly means: string;
  /** Of the second press. */
  readonly word: string;
  readonly onPress: () => void;
}

/** What cannot be undone takes a second press. */
export function AskFirst({ label, look = 'secondary', size = 'normal', means, word, onPress }: AskFirstProps) {
  const [asks, setAsks] = useState(false);
  if (!asks) {
    return (
      <Button size={size} look={look} onClick={() => setAsks(true)}>
        {label}
      </Button>
    );
  }
  return (
    <>
      <span className="text-warn" role="status">
        {means}
      </span>
      <Button size={size} onClick={() => setAsks(false)}>
        Go on
      </Button>
      <Button
        size={size}
        look="danger"
        onClick={() => {
          setAsks(false);
          onPress();
        }}
      >
        {word}
      </Button>
    </>
  );
}
