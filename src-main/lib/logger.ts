// What the parts of a program write their log lines to. Messages never contain secrets.

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/**
 * Writes one line; `source` is the file the line comes from, such as `config-store.ts`. `kind` is what the line has in
 * common with others that say the same at another time; default: the whole message.
 */
export type LogSink = (level: LogLevel, source: string, message: string, kind?: string) => void;

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
}

/** A logger of one source file. */
export function createLogger(sink: LogSink, source: string): Logger {
  return {
    debug: (message) => sink('debug', source, message),
    info: (message) => sink('info', source, message),
    warning: (message) => sink('warning', source, message),
    error: (message) => sink('error', source, message),
  };
}
