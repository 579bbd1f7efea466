// Requests for the window that come before and after there is one.
import { expect, test } from 'vitest';
import { WindowRequests } from '../../../src-main/electron/lifecycle/window-requests.ts';

function opened(request: (requests: WindowRequests) => void, defaultRoute?: string): readonly (string | undefined)[] {
  const routes: (string | undefined)[] = [];
  const requests = new WindowRequests();
  request(requests);
  requests.connect((route) => routes.push(route), defaultRoute);
  return routes;
}

test('nobody asked: nothing opens', () => {
  expect(opened(() => {})).toEqual([]);
});

test('the last route that was named opens, once', () => {
  const requested = opened((requests) => {
    requests.open('settings');
    requests.open('accounts');
    requests.open();
  }, 'config/3');
  expect(requested).toEqual(['accounts']);
});

test('a request without a route opens the default one', () => {
  expect(opened((requests) => requests.open(), 'config/3')).toEqual(['config/3']);
});

test('later requests open at once', () => {
  const routes: (string | undefined)[] = [];
  const requests = new WindowRequests();
  requests.connect((route) => routes.push(route), 'config/3');
  requests.open();
  requests.open('logs');
  expect(routes).toEqual([undefined, 'logs']);
});
