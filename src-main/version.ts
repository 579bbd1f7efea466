// What this build is. The values are put in by the build; a run from source shows placeholders.
declare const __APP_VERSION__: string | undefined;
declare const __APP_COMMIT__: string | undefined;
declare const __APP_BUILD_DATE__: string | undefined;
declare const __WINDOWS_PUBLISHER__: string | undefined;

export const version = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0.0.0';
export const commit = typeof __APP_COMMIT__ === 'string' ? __APP_COMMIT__ : 'unknown';
export const buildDate = typeof __APP_BUILD_DATE__ === 'string' ? __APP_BUILD_DATE__ : 'unknown';
/** Whose certificate signs the builds for Windows; `''` when they are not signed. */
export const windowsPublisher = typeof __WINDOWS_PUBLISHER__ === 'string' ? __WINDOWS_PUBLISHER__ : '';
