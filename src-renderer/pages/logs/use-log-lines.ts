// The lines of the log: read once, then as they are written.
import { useEffect, useState } from 'react';
import { call } from '../../state/client.ts';
import { linkStore, onLogLines } from '../../state/live.ts';
import { useStore } from '../../state/store.ts';
import { appended, type LogLine } from './log-line.ts';

/** Lines of the first read; more come as they are written. */
const firstLines = 20_000;
/** New lines are shown together, so that a busy log does not draw the list for each. */
const gatherMs = 100;

export interface LogLines {
  readonly lines: readonly LogLine[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
}

/** `fromFile`: what is kept on the disk, else the last lines that the program has in memory; undefined: none yet. */
export function useLogLines(fromFile: boolean | undefined): LogLines {
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  const online = useStore(linkStore).state === 'online';

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads again.
  useEffect(() => {
    if (!online || fromFile === undefined) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // What is written while the first read is on its way waits here.
    let waiting: string[] = [];
    let loaded = false;
    const flush = () => {
      timer = undefined;
      const more = waiting;
      waiting = [];
      setLines((before) => appended(before ?? [], more));
    };
    const stop = onLogLines((more) => {
      waiting.push(...more);
      if (loaded) timer ??= setTimeout(flush, gatherMs);
    });
    (fromFile ? call('logs.get', { limit: firstLines }) : call('recent-log.get'))
      .then((answer) => {
        if (!current) return;
        loaded = true;
        setError(undefined);
        // Lines that were announced during the read are most likely part of it.
        const read = new Set(answer.lines.slice(-waiting.length - 1));
        setLines(
          appended(
            appended([], answer.lines),
            waiting.filter((line) => !read.has(line)),
          ),
        );
        waiting = [];
      })
      .catch((reason: unknown) => current && setError(reason));
    return () => {
      current = false;
      clearTimeout(timer);
      stop();
    };
  }, [fromFile, online, round]);
  return { lines, error, reload: () => setRound((count) => count + 1) };
}
