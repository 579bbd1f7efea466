// The lines that make a program ask the gateway.

interface Gateway {
  readonly address: string;
  readonly key: string;
  readonly model: string;
}

interface Program {
  readonly id: string;
  readonly name: string;
  /** Its id among the tools that can be set up. */
  readonly tool?: string;
  readonly lines: (gateway: Gateway) => string;
}

const isWindows = /^Win/.test(navigator.platform);
/** Sets a variable in the shell that the system's terminal starts. */
const variable = (name: string, value: string) =>
  isWindows ? `$env:${name} = '${value.replaceAll("'", "''")}'` : `export ${name}='${value.replaceAll("'", "'\\''")}'`;
const curlName = isWindows ? 'curl.exe' : 'curl';

export const programs: readonly Program[] = [
  {
    id: 'claude-code',
    name: 'Claude Code',
    tool: 'claude-code',
    lines: ({ address, key, model }) =>
      [variable('ANTHROPIC_BASE_URL', address), variable('ANTHROPIC_AUTH_TOKEN', key), `claude --model ${model}`].join(
        '\n',
      ),
  },
  {
    id: 'codex',
    name: 'Codex',
    tool: 'codex',
    lines: ({ address, key, model }) =>
      [
        variable('GATEWAY_KEY', key),
        `codex -m ${model} -c model_provider=gateway -c model_providers.gateway.name=Gateway` +
          ` -c model_providers.gateway.base_url=${address}/v1 -c model_providers.gateway.wire_api=responses` +
          ' -c model_providers.gateway.env_key=GATEWAY_KEY',
      ].join('\n'),
  },
  {
    id: 'gemini-cli',
    name: 'Gemini CLI',
    tool: 'gemini-cli',
    lines: ({ address, key, model }) =>
      [variable('GOOGLE_GEMINI_BASE_URL', address), variable('GEMINI_API_KEY', key), `gemini -m ${model}`].join('\n'),
  },
  {
    id: 'opencode',
    name: 'OpenCode',
    tool: 'opencode',
    lines: ({ address, key, model }) => {
      const options = { baseURL: `${address}/v1`, apiKey: '{env:GATEWAY_KEY}' };
      const gateway = { npm: '@ai-sdk/openai-compatible', name: 'Gateway', options, models: { [model]: {} } };
      return [
        variable('GATEWAY_KEY', key),
        variable('OPENCODE_CONFIG_CONTENT', JSON.stringify({ provider: { gateway } })),
        `opencode -m gateway/${model}`,
      ].join('\n');
    },
  },
  {
    id: 'curl',
    name: 'curl',
    lines: ({ address, key, model }) => {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
      const headers = `-H "Authorization: Bearer ${key}" -H "Content-Type: application/json"`;
      return `${curlName} ${address}/v1/chat/completions ${headers} -d '${body}'`;
    },
  },
  {
    id: 'python',
    name: 'Python',
    lines: ({ address, key, model }) =>
      [
        'from openai import OpenAI',
        `client = OpenAI(base_url="${address}/v1", api_key="${key}")`,
        `messages = [{"role": "user", "content": "Hello"}]`,
        `print(client.chat.completions.create(model="${model}", messages=messages).choices[0].message.content)`,
      ].join('\n'),
  },
  {
    id: 'typescript',
    name: 'TypeScript',
    lines: ({ address, key, model }) =>
      [
        "import OpenAI from 'openai';",
        `const client = new OpenAI({ baseURL: '${address}/v1', apiKey: '${key}' });`,
        "const messages = [{ role: 'user' as const, content: 'Hello' }];",
        `const response = await client.chat.completions.create({ model: '${model}', messages });`,
        'console.log(response.choices[0]?.message.content);',
      ].join('\n'),
  },
];
