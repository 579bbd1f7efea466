export const accounts = {
  signIn: 'Sign in',
  gives: {
    anthropic: 'Claude models with a Pro or Max plan',
    codex: 'GPT models with a Plus, Pro or Team plan',
    'gemini-cli': 'Gemini models with a Google account',
    qwen: 'Qwen Coder models, free',
    iflow: 'Qwen, Kimi and GLM models, free',
  },
} as const;
