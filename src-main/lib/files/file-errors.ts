// What failed file operations mean, in words.

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EROFS: 'the disk is read-only',
  EACCES: 'the folder does not allow writing',
  EPERM: 'the system does not permit writing there',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'the folder does not exist',
  EISDIR: 'there is a folder of that name',
  ENAMETOOLONG: 'the file name is too long',
  EMFILE: 'too many files are open',
  EBUSY: 'another program holds the file',
  EIO: 'the disk reports an error',
};

const readSentences: Readonly<Record<string, string>> = {
  ...sentences,
  EACCES: 'the system does not permit reading it',
  EPERM: 'the system does not permit reading it',
  ENOENT: 'the file does not exist',
};

/** What a failed file operation means, as half a sentence naming `file`. */
export function fileErrorSentence(error: unknown, file: string, operation: 'read' | 'write' = 'write'): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known = operation === 'read' ? readSentences : sentences;
  return `${known[code ?? ''] ?? message} (${file}${code === undefined ? '' : `, ${code}`})`;
}

const absent: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];

/** Whether a file operation failed because there is no such file, or cannot be one of that name. */
export function isAbsent(error: unknown): boolean {
  return absent.includes((error as NodeJS.ErrnoException).code);
}
