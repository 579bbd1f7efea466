// Gemini CLI. Only a variable can hold the address, and the shell wins over its .env file.
import { dotenvFormat } from '../formats/dotenv.ts';
import { jsonFormat } from '../formats/json.ts';
import type { Place, Tool } from '../tool.ts';

const format = jsonFormat({ comments: true, trailingComma: false, mark: false });
const directory = ({ env, join }: Place) => join(env.GEMINI_CLI_HOME || '', '.gemini');

export const geminiCli: Tool = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  programs: ['gemini'],
  slots: ['main'],
  directory,
  files: (place) => [
    {
      file: place.join(directory(place), 'settings.json'),
      format,
      // Without the type it would pick one that it then refuses.
      assignments: ({ models }) => [
        { steps: ['security', 'auth', 'selectedType'], value: 'gemini-api-key' },
        { steps: ['model', 'name'], value: models.main },
      ],
    },
    {
      file: place.join(directory(place), '.env'),
      format: dotenvFormat,
      assignments: ({ origin, key }) => [
        { steps: ['GEMINI_API_KEY'], value: key },
        { steps: ['GOOGLE_GEMINI_BASE_URL'], value: origin },
      ],
    },
  ],
  test: { args: ['--skip-trust', '-p', 'hi', '-o', 'json'], env: { GEMINI_CLI_TRUST_WORKSPACE: 'true' } },
  variables: ['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL', 'GEMINI_MODEL', 'GOOGLE_GENAI_USE_VERTEXAI'],
  warnings: () => [
    { code: 'untrusted-folder', subject: '.env' },
    { code: 'project-file-wins', subject: '.env' },
  ],
};
