import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { resultPage } from '../../src-main/login/result-page.ts';

describe('the page a browser ends on', () => {
  test.each([
    ['', 'en'],
    ['de-DE, fr;q=0.8', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-US,en;q=0.9,zh;q=0.1', 'en'],
    ['en;q=0.2, ZH-tw;q=0.7', 'zh-CN'],
    [';;,q=zh', 'en'],
    [' zh ; Q = 0.9 ,en; q=0.8', 'zh-CN'],
    ['zh;q=high', 'en'],
  ])('for Accept-Language %j it is in %s', (header, language) => {
    expect(resultPage('done', header).html).toContain(`<html lang="${language}">`);
  });

  test.each([
    ['letters', `${'a'.repeat(30_000)}!`],
    ['blanks', `a${' '.repeat(30_000)}!`],
    ['subtags', `${'a-'.repeat(15_000)}!`],
    ['ranges', 'zh,'.repeat(10_000)],
  ])('a header of 30,000 %s takes no time', (_, header) => {
    const start = performance.now();
    resultPage('done', header);
    expect(performance.now() - start).toBeLessThan(50);
  });

  test('its one style is the one that its policy allows', () => {
    const { html, headers } = resultPage('failed', 'en');
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] as string;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(html).not.toMatch(/<script|https?:|src=|href=/);
  });

  test('it is 200 for the response to a login that waited, else 400', () => {
    expect(
      (['done', 'under-way', 'denied', 'failed', 'no-code'] as const).map((each) => resultPage(each, '').status),
    ).toEqual([200, 200, 200, 200, 200]);
    expect((['used', 'expired', 'unknown'] as const).map((each) => resultPage(each, '').status)).toEqual([
      400, 400, 400,
    ]);
  });
});
