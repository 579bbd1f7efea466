export const providerTexts = {
  gives: {
    anthropic: 'Claude 模型，需要 Pro 或 Max 套餐',
    codex: 'GPT 模型，需要 Plus、Pro 或 Team 套餐',
    'gemini-cli': 'Gemini 模型，需要企业的 Code Assist 许可',
    xai: 'Grok 模型，需要 SuperGrok 或 X Premium 套餐',
    openrouter: '各家模型，用 OpenRouter 余额付费',
    qwen: 'Qwen Coder 模型',
    iflow: 'Qwen、Kimi 和 GLM 模型',
    vertex: '您 Google Cloud 项目中的 Gemini 模型，使用服务账号',
  },
  about: {
    gemini: '在 Google AI Studio（aistudio.google.com）创建 Gemini API 密钥。',
    claude: '在 Anthropic Console（console.anthropic.com）创建 Claude API 密钥。',
    codex: 'OpenAI Responses API 或兼容服务的密钥，必须填写接口地址。',
    vertex: '在 Google Cloud 控制台创建 Vertex AI 快速模式密钥。',
    xai: '在 xAI 控制台（console.x.ai）创建 xAI API 密钥。',
    openai: '任何兼容 OpenAI API 的服务：填写接口地址、密钥和模型。',
  },
  notice: {
    anthropic: {
      title: 'Anthropic 只允许自家程序使用此登录',
      text: '自 2026 年 2 月起，其条款规定 Free、Pro 和 Max 登录仅限 Claude Code 等 Anthropic 自家程序使用。其他程序的请求会按额外用量计费或被拒绝，也有账号因此被关闭。',
      instead: '使用 Anthropic Console 的 API 密钥，按用量计费，提供相同的模型。',
    },
    xai: {
      title: 'xAI 只允许指定的程序使用此登录',
      text: 'xAI 没有为本程序分配客户端 ID。只有 xAI 给了您一个 ID，并且已写入配置的 oauth-client-ids，才能登录。部分套餐不支持其他程序的请求。',
      instead: '使用 console.x.ai 的 API 密钥（面向所有人销售）。',
    },
    'gemini-cli': {
      title: 'Google 已停止个人账号的此项登录',
      text: 'Google 于 2026 年 6 月 18 日停止了个人登录。付费的 Code Assist 许可仍可使用，也可以改用 AI Studio 密钥。',
      instead: '使用 Google AI Studio 的 Gemini API 密钥，或用服务账号登录 Vertex AI。',
    },
    qwen: {
      title: 'Qwen 的免费登录已停止',
      text: '免费登录已于 2026 年 4 月 15 日停止。可改用百炼（Model Studio）密钥或 OpenRouter。',
      instead: '将阿里云百炼（Model Studio）的 API 密钥添加为 OpenAI 兼容提供商，或使用 OpenRouter。',
    },
    iflow: {
      title: 'iFlow 已关闭',
      text: '该服务已于 2026 年 4 月 17 日关闭。OpenRouter 提供相同的模型。',
      instead: '使用 OpenRouter，模型相同。',
    },
  },
} as const;
