// A line of the log taken apart for the columns of the list.

export type Level = 'debug' | 'info' | 'warning' | 'error';
export const levels: readonly Level[] = ['debug', 'info', 'warning', 'error'];

export interface LogLine {
  readonly text: string;
  /** `14:34:31`; `''` for the further lines of a message. */
  readonly time: string;
  readonly level: Level;
  /** The part of the program, without its file ending. */
  readonly part: string;
  readonly message: string;
  readonly status?: string;
  readonly took?: string;
  /** Whether the line tells of a call to the management API or of this window's own files. */
  readonly management: boolean;
}

const head = /^\[\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d)[^\]]*\] \[(\w+)\s*\] (?:\[([^\]]+)\] )?(.*)$/s;
const request = /^\[GIN\] [\d/]+ - [\d:]+ \| +(\d{3}) \| +(\S+) \| +(\S+) \| (\w+) +"([^"]*)"/;

const names: Readonly<Record<string, Level>> = {
  debug: 'debug',
  trace: 'debug',
  info: 'info',
  warn: 'warning',
  warning: 'warning',
  error: 'error',
  fatal: 'error',
};

/** `before` gives the further lines of a message their level. */
export function parseLine(text: string, before: LogLine | undefined): LogLine {
  const match = head.exec(text);
  if (match === null) {
    const { level = 'info', management = false } = before ?? {};
    return { text, time: '', level, part: '', message: text, management };
  }
  const [, time = '', level = '', source = '', rest = ''] = match;
  const common = {
    text,
    time,
    level: names[level.toLowerCase()] ?? 'info',
    part: source.replace(/(\.[jt]sx?)?(:\d+)?$/, ''),
  };
  const call = request.exec(rest);
  if (call === null) return { ...common, message: rest, management: rest.includes('/v0/management') };
  const [, status = '', took = '', client = '', method = '', target = ''] = call;
  const from = /^(127\.|::1$)/.test(client) ? '' : `  ${client}`;
  return {
    ...common,
    message: `${method} ${target}${from}`,
    status,
    took: took.replace(/([\d.]+)(\D+)/, '$1 $2'),
    management: /^\/(v0\/management|management\.html|assets\/)/.test(target),
  };
}

/** The most lines that are kept in the window. */
export const maxLines = 100_000;

/** The lines with more added at the end; the oldest go when there are too many. */
export function appended(lines: readonly LogLine[], more: readonly string[]): readonly LogLine[] {
  const next = lines.slice(Math.max(0, lines.length + more.length - maxLines));
  for (const text of more.slice(-maxLines)) next.push(parseLine(text, next.at(-1)));
  return next;
}
