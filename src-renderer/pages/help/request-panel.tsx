// One operation of the management API: its input, and the response with what it changed in the config.
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Copy, copy } from '../../components/copy.tsx';
import { errorText } from '../../components/error-text.ts';
import { duration } from '../../components/format.ts';
import { StatusText } from '../../components/status-icon.tsx';
import routeTable from '../../generated/routes.json' with { type: 'json' };
import { useText } from '../../i18n/i18n.ts';
import { call, transport } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import type { Route } from '../../transport/route.ts';
import { CallError } from '../../transport/transport.ts';
import { changedLines } from './changed-lines.ts';
import { curlOf } from './curl.ts';

interface Response {
  readonly ok: boolean;
  readonly text: string;
  readonly milliseconds: number;
  readonly changes: ReturnType<typeof changedLines>;
}

interface RequestPanelProps {
  readonly name: string;
  readonly route: Route;
  readonly address: string;
}

export function RequestPanel({ name, route, address }: RequestPanelProps) {
  const t = useText();
  const inForce = useValueInForce(route);
  const [typed, setInput] = useState<string>();
  const input = typed ?? inForce.text;
  const [response, setResponse] = useState<Response>();
  const [sending, setSending] = useState(false);
  const parsed = parse(input);
  const unready = parsed.error || (inForce.pending && typed === undefined);
  const changes = route.method !== 'GET';

  const send = async () => {
    setSending(true);
    const before = changes ? await configText() : '';
    const start = performance.now();
    let result: Pick<Response, 'ok' | 'text'>;
    try {
      const output = await transport.call(name, parsed.value);
      result = { ok: true, text: JSON.stringify(output, null, 2) ?? '' };
    } catch (error) {
      const code = error instanceof CallError && error.code !== error.message ? `${error.code}: ` : '';
      result = { ok: false, text: `${code}${errorText(error)}` };
    }
    const milliseconds = performance.now() - start;
    const after = changes ? await configText() : '';
    setResponse({ ...result, milliseconds, changes: changedLines(before, after) });
    setSending(false);
  };

  return (
    <div className="request-panel">
      <div>
        <h2>
          <code className="request-title">
            {route.method} /v0/management{route.path}
          </code>
        </h2>
        <p className="dim">{route.summary}</p>
      </div>
      {input !== '' || route.sample !== undefined ? (
        <Textarea
          label={t('help.input')}
          description={t('help.inputHelp')}
          autosize
          minRows={1}
          maxRows={16}
          data-mono
          error={parsed.error && t('help.notJson')}
          value={input}
          onChange={(event) => setInput(event.currentTarget.value)}
        />
      ) : null}
      <div className="row">
        <Button variant="filled" disabled={unready || sending} onClick={() => void send()}>
          {t('help.send')}
        </Button>
        <Button disabled={unready} onClick={() => void copy(curlOf(route, parsed.value, address), 'curl')}>
          {t('help.copyCurl')}
        </Button>
        <span className="second">{t(changes ? 'help.changesNote' : 'help.readsNote')}</span>
      </div>
      {response && (
        <>
          <section>
            <div className="row between section-head">
              <h3 className="head">{t('help.response')}</h3>
              <StatusText status={response.ok ? 'ok' : 'error'}>
                {t(response.ok ? 'help.done' : 'help.rejected')}{' '}
                <span className="dim">{t('help.in', { time: duration(response.milliseconds) })}</span>
              </StatusText>
            </div>
            <div className="sunken response">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
              <pre className="mono response-text" tabIndex={0}>
                {response.text}
              </pre>
              <Copy value={response.text} what={t('help.response')} />
            </div>
          </section>
          {response.changes.length > 0 && (
            <section>
              <h3 className="head section-head">{t('help.whatChanged')}</h3>
              <div className="sunken mono change-lines">
                {response.changes.map(({ sign, number, text }) => (
                  <div
                    key={`${sign}${number}`}
                    className={`change-line ${sign === '+' ? 'added' : sign === '−' ? 'gone' : ''}`}
                  >
                    <span className="dim">{number}</span>
                    <span>{sign}</span>
                    <span className="cut">{text}</span>
                  </div>
                ))}
              </div>
            </section>
          )}
        </>
      )}
    </div>
  );
}

const routes = Object.entries(routeTable as Record<string, Route>);

/**
 * The input that changes nothing when it is sent: the value in force where the same path tells it, else the sample.
 * With the privacy switch on, nothing is filled in for it.
 */
function useValueInForce({ method, path, sample }: Route): { readonly text: string; readonly pending: boolean } {
  const privacy = usePrivacy();
  const reader =
    method === 'PUT' ? routes.find(([, other]) => other.method === 'GET' && other.path === path) : undefined;
  const query = useQuery({
    queryKey: ['explorer', reader?.[0]],
    queryFn: () => transport.call(reader?.[0] ?? '', undefined),
    enabled: reader !== undefined && !privacy,
    gcTime: 0,
    staleTime: 0,
  });
  const shown = (input: unknown) => (input === undefined ? '' : JSON.stringify(input, null, 2));
  if (reader === undefined) return { text: shown(sample), pending: false };
  const values = Object.entries((query.data ?? {}) as object);
  const known = values.filter(([name]) => Object.hasOwn(sample as object, name));
  return { text: known.length > 0 ? shown(Object.fromEntries(known)) : '', pending: query.isLoading };
}

/** The config as it is on disk; nothing when it cannot be read, since the request itself says why. */
const configText = async () => (await call('config-yaml.get').catch(() => ({ text: '' }))).text;

function parse(input: string): { readonly value: unknown; readonly error: boolean } {
  if (input.trim() === '') return { value: undefined, error: false };
  try {
    return { value: JSON.parse(input), error: false };
  } catch {
    return { value: undefined, error: true };
  }
}
