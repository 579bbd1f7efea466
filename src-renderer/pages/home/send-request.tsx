// Sends one line of text to a model through the gateway, as a client does, and shows the response as it comes.
import { Button, Select, TextInput } from '@mantine/core';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { errorText } from '../../components/error-text.ts';
import { duration, whole } from '../../components/format.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { askGateway, useServedModels } from '../../state/gateway.ts';
import { onRequests } from '../../state/live.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { useServer } from '../../state/server.ts';

/** Names of small models, which cost least. */
const small = /haiku|mini|nano|flash|lite|small/i;
const maxTokens = 200;

type Sending =
  | { readonly state: 'idle' }
  | { readonly state: 'running' | 'done'; readonly text: string; readonly firstMs: number; readonly totalMs: number }
  | { readonly state: 'failed'; readonly error: unknown };

/** The texts of a streamed response in the format of OpenAI's chat API. */
async function* textsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  // The DOM's types and the parser's differ in the buffer behind the chunks.
  const text = body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>);
  const reader = text.pipeThrough(new EventSourceParserStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (part.value.data === '[DONE]') return;
    const event = JSON.parse(part.value.data) as {
      readonly choices?: readonly { readonly delta?: { readonly content?: string | null } }[];
      readonly error?: { readonly message?: string };
    };
    if (event.error) throw new Error(event.error.message ?? '');
    const content = event.choices?.[0]?.delta?.content;
    if (content) yield content;
  }
}

/** Records of requests while this is shown; one may be announced before its response is here. */
const maxRecords = 20;

function useRecord(id: string | undefined): RequestRecord | undefined {
  const [records, setRecords] = useState<readonly RequestRecord[]>([]);
  useEffect(
    () =>
      onRequests((event) => {
        if ('request' in event) setRecords((before) => [event.request, ...before].slice(0, maxRecords));
      }),
    [],
  );
  return records.find((record) => record.id === id);
}

export function SendRequest() {
  const t = useText();
  const { address } = useServer();
  const key = useRead('client-keys.list').data?.keys[0]?.key;
  const models = useServedModels().data ?? [];
  const [chosen, setChosen] = useState<string>();
  const [prompt, setPrompt] = useState<string>(() => t('home.first.prompt'));
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const [id, setId] = useState<string>();
  const record = useRecord(id);
  const by = useRequestNames().source(record ?? { provider: null, source: null, credential: null })?.name;
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const model = chosen ?? models.find((name) => small.test(name)) ?? models[0];
  const isRunning = sending.state === 'running';
  const tokens = record?.state === 'done' ? record.tokens : null;

  async function send(): Promise<void> {
    const stop = new AbortController();
    running.current = stop;
    const start = performance.now();
    const took = () => performance.now() - start;
    let text = '';
    let firstMs = 0;
    setId(undefined);
    setSending({ state: 'running', text, firstMs, totalMs: 0 });
    try {
      const response = await askGateway(address, '/v1/chat/completions', key, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          model,
          messages: [{ role: 'user', content: prompt }],
          max_tokens: maxTokens,
          stream: true,
        }),
        signal: stop.signal,
      });
      setId(response.headers.get('x-cpa-request-id') ?? undefined);
      if (response.body === null) throw new Error(t('home.first.emptyResponse'));
      for await (const part of textsOf(response.body)) {
        if (text === '') firstMs = took();
        text += part;
        setSending({ state: 'running', text, firstMs, totalMs: took() });
      }
      setSending({ state: 'done', text, firstMs, totalMs: took() });
    } catch (error) {
      if (stop.signal.aborted) setSending({ state: 'idle' });
      else setSending({ state: 'failed', error });
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) running.current?.abort();
    else void send();
  };
  return (
    <>
      <form className="send-line" onSubmit={submit}>
        <Select
          aria-label={t('home.first.model')}
          size="md"
          searchable
          allowDeselect={false}
          data={models}
          value={model ?? null}
          onChange={(name) => setChosen(name ?? undefined)}
        />
        <TextInput
          aria-label={t('home.first.text')}
          size="md"
          maxLength={2000}
          value={prompt}
          onChange={(event) => setPrompt(event.currentTarget.value)}
        />
        <Button type="submit" size="md" variant="filled" disabled={model === undefined || prompt.trim() === ''}>
          {t(isRunning ? 'home.first.stop' : 'home.first.send')}
        </Button>
      </form>
      {sending.state === 'failed' && (
        <div className="sunken sent" role="alert">
          <StatusText status="error">{t('home.first.sendFailed')}</StatusText>
          <p>{errorText(sending.error)}</p>
        </div>
      )}
      {(sending.state === 'running' || sending.state === 'done') && (
        <div className="sunken sent">
          <p className="sent-text">{sending.text || (isRunning ? '' : t('home.first.emptyResponse'))}</p>
          <div className="row second" role="status">
            <StatusText status={isRunning ? 'busy' : 'ok'}>
              {t(isRunning ? 'home.first.streaming' : 'home.first.answered')}
            </StatusText>
            <span>{by === undefined ? model : t('home.first.by', { model: model ?? '', name: by })}</span>
            {sending.firstMs > 0 && <span>{t('home.first.firstToken', { time: duration(sending.firstMs) })}</span>}
            {!isRunning && <span>{t('home.first.total', { time: duration(sending.totalMs) })}</span>}
            {tokens !== null && tokens.input !== null && tokens.output !== null && (
              <span>{t('home.first.tokens', { input: whole(tokens.input), output: whole(tokens.output) })}</span>
            )}
          </div>
        </div>
      )}
    </>
  );
}
