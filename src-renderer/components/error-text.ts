// What a failure says to the person, in the language of the window.
import { isProblemCode, problems } from '../../src-shared/problem.ts';
import { currentLanguage, text } from '../i18n/i18n.ts';
import { CallError } from '../transport/transport.ts';

/** What is more exact than its code is told as it came, in English; elsewhere the code's own sentence leads it in. */
export function errorText(error: unknown): string {
  if (!(error instanceof CallError)) return error instanceof Error ? error.message : String(error);
  const { code, message } = error;
  if (code === 'unreachable') return text('problems.unreachable');
  if (!isProblemCode(code)) return message;
  const sentence = text(`problems.${code}`);
  if (message === problems[code].sentence) return sentence;
  return currentLanguage() === 'en' ? message : `${sentence} ${message}`;
}
