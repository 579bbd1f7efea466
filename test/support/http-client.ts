// Sends one request and reads the whole answer; every header may be set, Host too.
import http from 'node:http';

export interface Received {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export function send(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  agent: http.Agent | false = false,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
