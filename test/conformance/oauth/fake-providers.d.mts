// Types of the parts of the conformance kit that our own tests use.
export type Behaviour = string | Readonly<Record<string, unknown>> | readonly (string | Readonly<Record<string, unknown>>)[];
export type ProviderKey = 'anthropic' | 'codex' | 'gemini' | 'qwen' | 'iflow' | 'xai' | 'openrouter' | 'codexdevice';

export interface SeenRequest {
  readonly endpoint: string;
  readonly via: string;
  readonly rawBody: string;
  readonly body: Readonly<Record<string, string>>;
  readonly answer?: { readonly status?: number; readonly json?: Readonly<Record<string, unknown>> };
}
export interface Approval {
  readonly provider: ProviderKey;
  readonly query: Readonly<Record<string, string>>;
  readonly code: string;
  readonly state: string;
}
export interface FakeProviders {
  readonly proxyUrl: string;
  /** What a server needs in its environment to trust the fakes. */
  readonly env: Readonly<Record<string, string>>;
  readonly requests: readonly SeenRequest[];
  readonly unexpected: readonly unknown[];
  /** What must not leak, and what it is. */
  readonly secrets: Map<string, string>;
  /** The client ids that they accept. */
  readonly clientIds: { xai: string };
  sent(name: string): readonly SeenRequest[];
  set(endpoint: string, behaviour: Behaviour): void;
  account(provider: ProviderKey, fields: Readonly<Record<string, unknown>>): void;
  knowRefreshToken(provider: ProviderKey, token: string, account?: Readonly<Record<string, unknown>>): string;
  /** Grants, and brings the answer to the callback as a browser does. */
  approve(authUrl: string, options?: { readonly via?: 'port' | 'route' }): Promise<unknown>;
  grant(authUrl: string, options?: { readonly code?: string; readonly userCode?: string }): Approval & { readonly device?: { decision?: string } };
  close(): Promise<void>;
}
export interface Authority {
  readonly caFile: string;
  remove(): void;
}
export function createAuthority(): Authority;
export function startFakeProviders(options: { readonly authority: Authority }): Promise<FakeProviders>;
export const PROVIDERS: Readonly<Record<ProviderKey, { readonly start: string; readonly type: string; readonly route: string; readonly lifetime: number }>>;
