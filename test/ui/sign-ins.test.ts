// The ways of signing in, from the page of accounts to the saved file, with the fake providers of the conformance kit.
import { generateKeyPairSync } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fakeProviders } from '../support/login-world.ts';
import { openWindow } from './support/browser.ts';
import { startServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';
import { kinds } from './support/visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

const clientId = 'c0ffee00-0000-4000-8000-000000000001';

describe.each(kinds)('over %s', (kind) => {
  async function open(place: string, language: 'en' | 'zh-CN' = 'en') {
    const fakes = await fakeProviders();
    fakes.clientIds.xai = clientId;
    const config = `proxy-url: ${fakes.proxyUrl}\noauth-client-ids:\n  xai: ${clientId}\n`;
    const server = await startServer(kind, { config, environment: fakes.env });
    onTestFinished(() => server.stop());
    const window = await openWindow(browser, server, { language });
    onTestFinished(window.close);
    await window.go(place);
    const { page } = window;
    const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
    /** Opens the sign-in page, which stands outside of what is tested here. */
    const leaveFor = async (name: string) => {
      const popup = kind === 'http' ? window.context.waitForEvent('page') : undefined;
      await click(name);
      if (popup) await (await popup).close();
    };
    return { fakes, server, window, page, click, leaveFor };
  }

  test('a code is shown with its time, and the account it ends with', async () => {
    const { fakes, server, page, click } = await open('accounts/login/xai');
    await page.getByText('xAI lets only named programs use this login').waitFor();
    await page.getByRole('link', { name: 'Use an API key instead' }).waitFor();
    await click('Continue to sign-in');
    await click('Get a code');
    const code = (await page.locator('.device-code').textContent()) ?? '';
    await page.getByText(/^(29|30):\d\d left$/).waitFor();
    await click('Copy Code to enter');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    const { device } = fakes.grant('https://accounts.x.ai/oauth2/device', { userCode: code });
    if (device) device.decision = 'approved';
    await page.getByText('Signed in as user@xai.example').waitFor();
    expect(server.accountNames()).toEqual(['xai-user@xai.example.json']);
  });

  test('another way of the same provider is chosen, in Chinese', async () => {
    const { fakes, server, page, click } = await open('accounts/login/codex', 'zh-CN');
    await page.getByRole('combobox', { name: '登录方式' }).click();
    await page.getByRole('option', { name: '在任意设备上输入验证码' }).click();
    await click('获取验证码');
    const code = (await page.locator('.device-code').textContent()) ?? '';
    const { device } = fakes.grant('https://auth.openai.com/codex/device', { userCode: code });
    if (device) device.decision = 'approved';
    await page.getByText('已登录为 user@codex.example').waitFor();
    expect(server.accountNames()).toEqual(['codex-user@codex.example.json']);
  });

  test('the code that a page shows is pasted', async () => {
    const { fakes, server, page, click, leaveFor } = await open('accounts/login/openrouter');
    await page.getByRole('combobox', { name: 'How to sign in' }).click();
    await page.getByRole('option', { name: 'In the browser, and paste the code it shows' }).click();
    await leaveFor('Open sign-in page');
    await click('Copy sign-in link');
    const { code } = fakes.grant(await page.evaluate(() => navigator.clipboard.readText()));
    await page.getByRole('textbox', { name: 'Code from the sign-in page' }).fill(code);
    await click('Complete sign-in');
    await page.getByText('Signed in as user_fakeOpenRouter1').waitFor();
    await page.getByRole('link', { name: 'openrouter.ai/settings/keys' }).waitFor();
    expect(server.accountNames()).toEqual(['openrouter-user_fakeOpenRouter1.json']);
  });

  test('a key file is dropped; one that is none is refused with the reason', async () => {
    const { server, page } = await open('accounts/login/vertex');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = {
      type: 'service_account',
      project_id: 'a-project',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: 'robot@a-project.iam.gserviceaccount.com',
    };
    const choose = async (content: object) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose file' }).click(),
      ]);
      const buffer = Buffer.from(JSON.stringify(content));
      await chooser.setFiles({ name: 'key.json', mimeType: 'application/json', buffer });
    };
    await choose({ ...file, private_key: undefined });
    await page.getByRole('alert').getByText('It has no private key.').waitFor();
    expect(server.accountNames()).toEqual([]);

    await page.getByRole('textbox', { name: 'Region' }).fill('europe-west4');
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'key.json', { type: 'application/json' }));
      return transfer;
    }, JSON.stringify(file));
    await page.locator('.file-drop').dispatchEvent('drop', { dataTransfer: data });
    await page.getByText('Signed in as robot@a-project.iam.gserviceaccount.com').waitFor();
    expect(server.account('vertex-a-project.json')).toMatchObject({ location: 'europe-west4', type: 'vertex' });
  });

  test('terms are said once per wording, and ended sign-ins lead to what works instead', async () => {
    const { window, page, click } = await open('accounts/login/anthropic');
    await page.getByRole('checkbox', { name: 'Do not show this again for Claude' }).check();
    await click('Continue to sign-in');
    await page.getByRole('button', { name: 'Open sign-in page' }).waitFor();
    await window.go('accounts');
    await window.go('accounts/login/anthropic');
    await page.getByRole('button', { name: 'Open sign-in page' }).waitFor();
    await window.go('accounts');
    const ended = page.getByRole('region', { name: 'Ended or restricted' });
    await ended.getByText('The service closed on 17 April 2026. OpenRouter has the same models.').waitFor();
    await ended.getByRole('link', { name: 'Sign in to OpenRouter' }).click();
    await page.getByRole('dialog', { name: 'Sign in to OpenRouter' }).waitFor();
  });
});
