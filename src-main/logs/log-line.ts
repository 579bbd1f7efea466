// The text format of a log line, and the time read back from one.

import type { LogLevel } from '../lib/logger.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';
import { localStamp } from '../lib/time/local-time.ts';

const maxMessageLength = 64 * 1024;

/**
 * `[2026-01-31 09:05:00] [info] [server.ts] message`. Further lines of the message are indented, so that none looks
 * like a log line; control characters are escaped; user info in URLs is masked.
 */
export function logLine(ms: number, level: LogLevel, source: string, message: string): string {
  // Masked before it is cut: a password is recognized by what follows it.
  const masked = maskUrlUserInfo(message.trimEnd());
  const text = masked.length > maxMessageLength ? `${masked.slice(0, maxMessageLength)}… (cut short)` : masked;
  const readable = text
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '\n  ')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, escaped);
  return `[${localStamp(ms)}] [${level}] [${source}] ${readable}`;
}

const escaped = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

const stamp = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)/;
/** How much of the beginning of a line its time is read from. */
export const stampLength = 20;

/** The local time a line begins with, in seconds since the epoch, one `[` before it being dropped; 0 when there is none. */
export function lineTime(beginning: string): number {
  const match = stamp.exec(beginning.startsWith('[') ? beginning.slice(1) : beginning);
  if (match === null) return 0;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (hour > 23 || minute > 59 || second > 59) return 0;
  const date = new Date(year, month - 1, day, hour, minute, second);
  // Years below 100 and days such as 31 February come out as other dates.
  if (date.getFullYear() !== year || date.getMonth() !== month - 1) return 0;
  return Math.max(0, date.getTime() / 1_000);
}
