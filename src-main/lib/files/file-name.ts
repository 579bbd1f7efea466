// Which names stand for one plain file in a directory, so that no name leads anywhere else.

const maxBytes = 255;
/** Windows opens a device for these, whatever follows the first dot. */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;
const unportable = process.platform === 'win32' ? /[<>:"|?*]/ : /^$/;

/** Whether the name stands for something in the directory itself, on this system. */
export function isInFolder(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) return false;
  return process.platform !== 'win32' || !/[\\:]/.test(name);
}

/** Whether a file of this name may be created: it would work on every system and be displayed as it is. */
export function isPortableName(name: string): boolean {
  return (
    isInFolder(name) &&
    name.isWellFormed() &&
    !/[\\\u0000-\u001f\u007f-\u009f]/.test(name) &&
    !/[. ]$/.test(name) &&
    !reserved.test(name) &&
    !unportable.test(name) &&
    Buffer.byteLength(name) <= maxBytes
  );
}

export function isJsonName(name: string): boolean {
  return name.toLowerCase().endsWith('.json');
}

/** Order of the names' bytes in UTF-8. UTF-16 sorts the same except for characters beyond the first 65,536. */
export function compareNames(a: string, b: string): number {
  if (/[\ud800-\udfff]/.test(a + b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
