// A request to the management API as a curl command.
import { encodeRequest, type Route } from '../../transport/route.ts';

/** For a POSIX shell; the management key stays a variable. */
export function curlOf(route: Route, input: unknown, address: string): string {
  const { method, path, type, body } = encodeRequest(route, input);
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `curl -X ${method} ${quoted(address + path)}`,
    '-H "Authorization: Bearer $MANAGEMENT_KEY"',
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`]),
    ...(typeof body === 'string' ? [`--data-raw ${quoted(body)}`] : []),
    ...(body instanceof FormData ? ['-F file=@account.json'] : []),
  ].join(' \\\n  ');
}
