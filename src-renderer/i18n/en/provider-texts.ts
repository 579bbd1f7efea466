// What is said of single providers: what an account gives, where keys come from, and what to know before signing in.
export const providerTexts = {
  gives: {
    anthropic: 'Claude models, with a Pro or Max plan',
    codex: 'GPT models, with a Plus, Pro or Team plan',
    'gemini-cli': 'Gemini models, with a Code Assist licence of your company',
    xai: 'Grok models, with a SuperGrok or X Premium plan',
    openrouter: 'Models of all vendors, paid with OpenRouter credits',
    qwen: 'Qwen Coder models',
    iflow: 'Qwen, Kimi and GLM models',
    vertex: 'Gemini models, with a Google Cloud service account',
  },
  about: {
    gemini: 'Create Gemini API keys in Google AI Studio (aistudio.google.com).',
    claude: 'Create Claude API keys in the Anthropic Console (console.anthropic.com).',
    codex: 'Keys for the OpenAI Responses API or a compatible service. A base URL is required.',
    vertex: 'Create Vertex AI express mode keys in the Google Cloud console.',
    xai: 'Create xAI API keys in the xAI console (console.x.ai).',
    openai: 'Any OpenAI-compatible service: enter its base URL, keys and models.',
  },
  notice: {
    anthropic: {
      title: 'Anthropic keeps this login for its own programs',
      text: 'Its terms have reserved Free, Pro and Max logins for Claude Code and other Anthropic programs since February 2026. Requests of other programs are billed as extra usage or refused, and accounts have been closed.',
      instead: 'An API key from the Anthropic Console, billed by use. It offers the same models.',
    },
    xai: {
      title: 'xAI lets only named programs use this login',
      text: 'xAI has given this program no client id. Sign-in works only if xAI has given you one and it stands in the config as oauth-client-ids. Some plans do not cover requests of other programs.',
      instead: 'An API key from console.x.ai, which xAI sells to everybody.',
    },
    'gemini-cli': {
      title: 'Google ended this login for private accounts',
      text: 'Google ended the login for individuals on 18 June 2026. Paid Code Assist licences still work; so does an AI Studio key.',
      instead: 'A Gemini API key from Google AI Studio, or Vertex AI with a service account.',
    },
    qwen: {
      title: 'Qwen’s free login has ended',
      text: 'The free login ended on 15 April 2026. A Model Studio key or OpenRouter works instead.',
      instead: 'An API key of Alibaba Cloud Model Studio as an OpenAI-compatible provider, or OpenRouter.',
    },
    iflow: {
      title: 'iFlow has closed',
      text: 'The service closed on 17 April 2026. OpenRouter has the same models.',
      instead: 'OpenRouter, which has the same models.',
    },
  },
} as const;
