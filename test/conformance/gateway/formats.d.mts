// Types of the parts of the conformance kit that our own tests use.
export interface SeenAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly tools: readonly { readonly id?: string; readonly name: string; readonly args: unknown }[];
  readonly finish?: string;
  readonly usage?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message?: string };
  readonly done?: boolean;
  readonly problems: readonly string[];
}
export function readAnswer(format: string, streaming: boolean, raw: string): SeenAnswer;
export function readError(format: string, raw: string): { readonly message: string } | undefined;
export function requestFaults(format: string, body: unknown): readonly string[];
export function viewRequest(format: string, path: string, body: unknown): Readonly<Record<string, unknown>> | undefined;
