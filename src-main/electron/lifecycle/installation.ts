// Where the program is started from, and whether the system may remember that place.

export interface Installation {
  /** The file that starts the program at the next login. */
  readonly executable: string;
  /** Carried along on a stick or in a folder: nothing may be registered with the system for its copy. */
  readonly isPortable: boolean;
}

/**
 * An AppImage is mounted and a portable Windows build unpacked for one run: `process.execPath` is gone afterwards.
 * The runtime of AppImage names the image in `APPIMAGE`, electron-builder's portable launcher itself in
 * `PORTABLE_EXECUTABLE_FILE`.
 */
export function installation(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  execPath: string,
): Installation {
  const portable = platform === 'win32' ? environment.PORTABLE_EXECUTABLE_FILE : undefined;
  const appImage = platform === 'linux' ? environment.APPIMAGE : undefined;
  return { executable: portable || appImage || execPath, isPortable: Boolean(portable) };
}
