import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formBody, jsonBody } from '../../src-main/net/request-body.ts';

test('forms are sorted and escaped as by Go', () => {
  expect(formBody({ scope: 'openid profile', client_id: 'a', code: "4/0A+b~*!'()é" })).toBe(
    'client_id=a&code=4%2F0A%2Bb~%2A%21%27%28%29%C3%A9&scope=openid+profile',
  );
});

test('any value comes back out of a form', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => {
      const back = Object.fromEntries(new URLSearchParams(formBody(fields)));
      expect(back).toEqual(Object.fromEntries(new URLSearchParams(fields)));
    }),
  );
});

test('JSON is sorted, tight, and safe within a page', () => {
  expect(jsonBody({ b: '<&>\u2028"', a: 'é' })).toBe('{"a":"é","b":"\\u003c\\u0026\\u003e\\u2028\\""}');
});
