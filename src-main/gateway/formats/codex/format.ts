import type { Format } from '../format.ts';
import { encodeResponsesRequest } from '../responses/encode-request.ts';
import { responses } from '../responses/format.ts';
import type { FormatSupport } from '../support.ts';
import { toCodexBody } from './body.ts';
import { codexPassthrough } from './passthrough.ts';

// JSON responses are not expected of this service, and passed on as they are.
const { client: _, requiredMember: __, ...upstreamSide } = responses;

const support: FormatSupport = {
  ...responses.support,
  request: { ...responses.support.request, maxTokens: 'no', temperature: 'no', logProbabilities: 'no' },
};

/** Responses as a ChatGPT account serves them: streams only, nothing stored, no sampling parameters. */
export const codex: Format = {
  ...upstreamSide,
  name: 'codex',
  payloadNames: { upstream: 'codex', client: 'responses' },
  title: 'ChatGPT accounts',
  support,
  keepsResponses: false,
  alwaysStreams: true,
  encodeRequest: (request, context) =>
    toCodexBody(
      encodeResponsesRequest(
        { ...request, ...(request.thinking ? { thinking: { ...request.thinking, show: true } } : {}) },
        context,
      ),
    ),
  passthrough: codexPassthrough,
};
