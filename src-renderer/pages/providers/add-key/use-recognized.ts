// What a pasted text is, asked of the server once the person has stopped typing. Nothing of it leaves the computer.
import { useEffect, useState } from 'react';
import { call } from '../../../state/client.ts';
import type { Recognized } from './add-recognized.ts';

const pauseMs = 200;

interface Recognition {
  /** Undefined until the text as it is has been looked at. */
  readonly found: Recognized | undefined;
  readonly error: unknown;
}

export function useRecognized(text: string): Recognition {
  const [recognized, setRecognized] = useState<{ readonly of: string; readonly result: Recognized }>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    setError(undefined);
    if (text.trim() === '') return setRecognized(undefined);
    let isOld = false;
    const timer = setTimeout(() => {
      call('provider.recognize', { text }).then(
        (result) => !isOld && setRecognized({ of: text, result }),
        (failure: unknown) => !isOld && setError(failure),
      );
    }, pauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  // What was recognised of an earlier text must not be added for this one.
  return { found: recognized?.of === text ? recognized.result : undefined, error };
}
