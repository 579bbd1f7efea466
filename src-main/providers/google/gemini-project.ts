// Getting a Google Cloud project ready for Gemini Code Assist: choose, onboard, switch the API on.
import { isObject } from '../../../src-shared/json.ts';
import { ProviderError } from '../../net/provider-error.ts';
import { type Fields, objectIn, rejection, send, sendForObject } from '../../net/provider-request.ts';
import { objectOf, textOf } from '../oauth/token-response.ts';
import type { ProviderCall } from '../provider.ts';

/** Milliseconds between two looks at an onboarding that is under way. */
const onboardingPauseMs = 5_000;
const hint = 'Check the project in the Google Cloud console and log in again.';

const agent = 'google-api-nodejs-client/9.15.1';
const metadata = { ideType: 'IDE_UNSPECIFIED', platform: 'PLATFORM_UNSPECIFIED', pluginType: 'GEMINI' } as const;
const assistHeaders = {
  'content-type': 'application/json',
  'user-agent': agent,
  'x-goog-api-client': 'gl-node/22.17.0',
  'client-metadata': Object.entries(metadata)
    .map(([name, value]) => `${name}=${value}`)
    .join(','),
};

export const individualsEnded =
  'Google ended this login for private accounts on 18 June 2026. Use a Gemini API key or Vertex.';

export interface Project {
  readonly id: string;
  /** Whether it was looked up, not asked for. */
  readonly found: boolean;
}

/** Makes the wanted project, or the account's first one when `wanted` is `''`, usable. Throws ProviderError. */
export async function setUpProject(call: ProviderCall, accessToken: string, wanted: string): Promise<Project> {
  const authorization = `Bearer ${accessToken}`;
  const id = wanted || (await firstProject(call, authorization));
  await onboard(call, authorization, id);
  await switchOn(call, authorization, id);
  return { id, found: wanted === '' };
}

async function firstProject(call: ProviderCall, authorization: string): Promise<string> {
  const url = 'https://cloudresourcemanager.googleapis.com/v1/projects';
  const { projects } = await sendForObject(call, { method: 'GET', url, headers: { authorization } }, hint);
  const first: unknown = Array.isArray(projects) ? projects[0] : undefined;
  const id = textOf(objectOf({ first }, 'first'), 'projectId').trim();
  if (id === '') {
    const sentence = 'This Google account has no Google Cloud project. Create one, or log in with a project id.';
    throw new ProviderError('unreadable', sentence);
  }
  return id;
}

function askAssist(call: ProviderCall, authorization: string, method: string, body: Fields): Promise<Fields> {
  return sendForObject(
    call,
    {
      method: 'POST',
      url: `https://cloudcode-pa.googleapis.com/v1internal:${method}`,
      headers: { ...assistHeaders, authorization },
      body: JSON.stringify(body),
    },
    hint,
  );
}

async function onboard(call: ProviderCall, authorization: string, project: string): Promise<void> {
  const about = { cloudaicompanionProject: project, metadata };
  const { allowedTiers, currentTier, ineligibleTiers } = await askAssist(call, authorization, 'loadCodeAssist', about);
  if (!isObject(currentTier) && JSON.stringify(ineligibleTiers ?? []).includes('"UNSUPPORTED_CLIENT"')) {
    throw new ProviderError('rejected', individualsEnded);
  }
  const request = { ...about, tierId: defaultTier(allowedTiers) };
  while ((await askAssist(call, authorization, 'onboardUser', request)).done !== true)
    await call.pause(onboardingPauseMs);
}

function defaultTier(tiers: unknown): string {
  for (const tier of Array.isArray(tiers) ? (tiers as readonly unknown[]) : []) {
    const fields = objectOf({ tier }, 'tier');
    if (fields?.isDefault === true && textOf(fields, 'id').trim() !== '') return textOf(fields, 'id').trim();
  }
  return 'legacy-tier';
}

async function switchOn(call: ProviderCall, authorization: string, project: string): Promise<void> {
  const host = 'serviceusage.googleapis.com';
  const service = `https://${host}/v1/projects/${encodeURIComponent(project)}/services/cloudaicompanion.googleapis.com`;
  const headers = { 'content-type': 'application/json', 'user-agent': agent, authorization };
  const state = await send(call, { method: 'GET', url: service, headers });
  if (state.status === 200 && objectIn(state.text)?.state === 'ENABLED') return;
  const response = await send(call, { method: 'POST', url: `${service}:enable`, headers, body: '{}' });
  if (response.status === 200 || response.status === 201) return;
  const message = textOf(objectOf(objectIn(response.text), 'error'), 'message');
  if (response.status === 400 && message.toLowerCase().includes('already enabled')) return;
  throw rejection(call, host, response, hint);
}
