// The device login of ChatGPT accounts. It is OpenAI's own, not RFC 8628: the code is typed in at a fixed page, and the
// provider makes the PKCE verifier. People have to switch it on in ChatGPT first.
import { ProviderError } from '../net/provider-error.ts';
import { objectIn, rejection, send, sendForObject, unreadable } from '../net/provider-request.ts';
import { jsonBody } from '../net/request-body.ts';
import { deviceTimes, waitOf } from './oauth/device-flow.ts';
import { randomState } from './oauth/pkce.ts';
import { objectOf, textOf } from './oauth/token-response.ts';
import type { DeviceSignIn, Grant, NewAccount, ProviderCall } from './provider.ts';

const host = 'auth.openai.com';
const base = `https://${host}/api/accounts/deviceauth`;
const redirectUri = `https://${host}/deviceauth/callback`;
const headers = { 'content-type': 'application/json', accept: 'application/json' } as const;
/** OpenAI's own client gives up after this. */
const lifetimeSeconds = 900;

type Exchange = (grant: Pick<Grant, 'code' | 'verifier' | 'redirectUri'>, call: ProviderCall) => Promise<NewAccount>;

/** `exchange` trades the code that the login ends with. */
export const codexDeviceSignIn = (clientId: string, exchange: Exchange): DeviceSignIn => ({
  flow: 'device',
  newState: () => randomState('codex-'),

  async begin(call) {
    const request = {
      method: 'POST',
      url: `${base}/usercode`,
      headers,
      body: jsonBody({ client_id: clientId }),
    } as const;
    const response = await sendForObject(call, request, 'Try again later.').catch((error: unknown) => {
      throw error instanceof ProviderError && error.status === 404 ? switchedOff(error) : error;
    });
    const deviceCode = textOf(response, 'device_auth_id');
    const userCode = textOf(response, 'user_code') || textOf(response, 'usercode');
    if (deviceCode === '' || userCode === '') throw unreadable(host);
    const { intervalMs } = deviceTimes(response);
    const url = `https://${host}/codex/device`;
    return { url, userCode, deviceCode, verifier: '', intervalMs, lifetimeMs: lifetimeSeconds * 1000 };
  },

  async poll({ deviceCode, userCode }, call) {
    const body = jsonBody({ device_auth_id: deviceCode, user_code: userCode });
    const response = await send(call, { method: 'POST', url: `${base}/token`, headers, body });
    const fields = objectIn(response.text);
    if (response.status < 200 || response.status > 299) {
      const code = textOf(objectOf(fields, 'error'), 'code') || textOf(fields, 'error');
      const wait = waitOf(code, 'ChatGPT', response.status);
      if (wait !== undefined) return wait;
      const isPending = response.status === 403 || response.status === 404 || isPendingWord(response.text);
      if (isPending) return 'pending';
      throw rejection(call, host, response, 'Log in again.');
    }
    const code = textOf(fields, 'authorization_code');
    const verifier = textOf(fields, 'code_verifier');
    if (code === '' || verifier === '') throw unreadable(host);
    return (later) =>
      exchange({ code, verifier, redirectUri }, { ...later, secrets: [...later.secrets, code, verifier] });
  },
});

/** The same word has been seen with other statuses, and as plain text. */
const isPendingWord = (text: string) => text.includes('deviceauth_authorization_pending');

function switchedOff(error: ProviderError): ProviderError {
  const sentence =
    'Device sign-in is not switched on for this ChatGPT account. Switch on “device code authorization for Codex” in ChatGPT under Settings, Security (in a workspace its administrator does), or sign in with the browser.';
  return new ProviderError('rejected', sentence, { status: 404, cause: error });
}
