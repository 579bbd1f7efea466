// How the address of an upstream proxy is shown in the menu.

/** `socks5://user:•••@127.0.0.1:1080`. A name without a password may be a token, so it is hidden too. */
export function proxyLabel(address: string): string {
  // The user info ends at the last @ before the path: a password may contain others.
  return address.replace(/^([a-z0-9+.-]+:\/\/)([^/?#]*)@/i, (_, scheme: string, userInfo: string) => {
    const user = userInfo.includes(':') ? `${userInfo.split(':')[0]}:` : '';
    return `${scheme}${user}•••@`;
  });
}

/** `127.0.0.1:1080`, for a flat menu. */
export function proxyHost(address: string): string {
  const [authority = ''] = address.replace(/^[a-z0-9+.-]+:\/\//i, '').split('/', 1);
  return authority.slice(authority.lastIndexOf('@') + 1);
}
