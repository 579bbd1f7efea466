// Whether the server of this container takes requests. The image has no shell and no curl.
import http from 'node:http';

const request = http.get({ host: '127.0.0.1', port: 8317, path: '/readyz', timeout: 4000 }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
);
request.on('timeout', () => request.destroy());
request.on('error', () => process.exit(1));
