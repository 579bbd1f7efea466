// The page a browser ends on after a provider's sign-in. Static text only: nothing of the request is shown.
import { createHash } from 'node:crypto';

/** How the browser's visit ended. */
export type Outcome = 'done' | 'under-way' | 'denied' | 'failed' | 'no-code' | 'used' | 'expired' | 'unknown';

export interface ResultPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Words = Readonly<Record<Outcome, readonly [title: string, text: string]>>;

const english: Words = {
  done: ['Login finished', 'The account is ready in CLI Proxy Desktop. You can close this page.'],
  'under-way': [
    'Answer received',
    'CLI Proxy Desktop is finishing the login and shows the result. You can close this page.',
  ],
  denied: ['Login denied', 'The provider reports that the login was not allowed. Start it again in CLI Proxy Desktop.'],
  failed: ['Login failed', 'The login could not be finished. CLI Proxy Desktop shows why; start it again there.'],
  'no-code': ['Login failed', 'The provider sent no code. Start the login again in CLI Proxy Desktop.'],
  used: ['Already used', 'This login has had its response before. CLI Proxy Desktop shows how it ended.'],
  expired: ['Login expired', 'This login had ended before the response arrived. Start it again in CLI Proxy Desktop.'],
  unknown: ['Unknown login', 'CLI Proxy Desktop is not waiting for this response. Start the login again there.'],
};

const chinese: Words = {
  done: ['登录完成', '账号已可在 CLI Proxy Desktop 中使用。您可以关闭此页面。'],
  'under-way': ['已收到响应', 'CLI Proxy Desktop 正在完成登录并将显示结果。您可以关闭此页面。'],
  denied: ['登录被拒绝', '服务商报告此次登录未获允许。请在 CLI Proxy Desktop 中重新开始。'],
  failed: ['登录失败', '登录未能完成。CLI Proxy Desktop 会显示原因，请在其中重新开始。'],
  'no-code': ['登录失败', '服务商没有返回授权码。请在 CLI Proxy Desktop 中重新登录。'],
  used: ['已经响应过', '此次登录此前已收到响应。CLI Proxy Desktop 会显示其结果。'],
  expired: ['登录已过期', '响应到达前此次登录已结束。请在 CLI Proxy Desktop 中重新开始。'],
  unknown: ['未知的登录', 'CLI Proxy Desktop 没有在等待此响应。请在其中重新开始登录。'],
};

/** 200 when the visit was the response to a login that waited for it, even if that then failed. */
const statuses: Readonly<Record<Outcome, number>> = {
  done: 200,
  'under-way': 200,
  denied: 200,
  failed: 200,
  'no-code': 200,
  used: 400,
  expired: 400,
  unknown: 400,
};

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}';

const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** The page for an outcome, in Chinese when the browser prefers that, else in English. */
export function resultPage(outcome: Outcome, acceptLanguage: string): ResultPage {
  const language = prefersChinese(acceptLanguage) ? 'zh-CN' : 'en';
  const [title, text] = (language === 'en' ? english : chinese)[outcome];
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
</body>
</html>
`;
  return { status: statuses[outcome], html, headers };
}

/** Far more than the languages of a person; browsers send less than 200 characters. */
const maxHeaderLength = 512;

/** Of the two languages there are, the one with the higher weight (RFC 9110, section 12.5.4). */
function prefersChinese(acceptLanguage: string): boolean {
  const ranges = acceptLanguage.slice(0, maxHeaderLength).split(',').map(languageRange);
  const weight = (language: string) =>
    Math.max(0, ...ranges.flatMap((range) => (range?.language === language ? range.weight : [])));
  return weight('zh') > weight('en');
}

/** A subtag has at most 8 characters (RFC 5646, section 2.1), so no letter can belong to two parts of the pattern. */
const rangePattern = /^([a-z]{1,8})(?:-[a-z0-9]{1,8})*$/i;

function languageRange(text: string): { readonly language: string; readonly weight: number } | undefined {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const language = rangePattern.exec(range)?.[1]?.toLowerCase();
  if (language === undefined || parameters.length > 1) return undefined;
  const [parameter] = parameters;
  if (parameter === undefined) return { language, weight: 1 };
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
  return /^q$/i.test(name) && /^[\d.]+$/.test(value) ? { language, weight: Number(value) } : undefined;
}
