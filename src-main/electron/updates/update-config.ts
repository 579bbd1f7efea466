// The config file of electron-updater.

export interface UpdateSource {
  /** The folder of the feed. */
  readonly url: string;
  /** Of the certificate that signs Windows builds; `''` for none. */
  readonly publisher: string;
}

/** JSON, which is YAML too. With a publisher's name electron-updater runs no Windows installer that others have signed. */
export function updateConfig({ url, publisher }: UpdateSource): string {
  return JSON.stringify({
    provider: 'generic',
    url,
    updaterCacheDirName: 'cli-proxy-desktop',
    ...(publisher !== '' && { publisherName: [publisher] }),
  });
}
