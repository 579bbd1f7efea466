/**
 * The wire formats. `codex` is Responses as the ChatGPT backend takes it; `gemini-cli` is Gemini inside the envelope of
 * Google's Code Assist service.
 */
export type FormatName = 'chat' | 'completions' | 'responses' | 'codex' | 'messages' | 'gemini' | 'gemini-cli';
