// Every operation of the management API, made from the contract: try it, see the answer and what it changed.
import { Button, Textarea, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Copy, copy } from '../../components/copy.tsx';
import { errorText } from '../../components/error-text.ts';
import { duration } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, transport } from '../../state/client.ts';
import { useServer } from '../../state/server.ts';
import { encodeRequest, type Route } from '../../transport/route.ts';
import routeTable from '../../transport/routes.json' with { type: 'json' };
import { CallError } from '../../transport/transport.ts';
import { changedLines } from './changed-lines.ts';
import { type Group, groupOf, groups } from './groups.ts';

const routes = Object.entries(routeTable as Record<string, Route>);

export function Explorer({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const { address } = useServer();
  const [query, setQuery] = useState('');
  const wanted = decodeURIComponent((useParams()['*'] ?? '').split('/').slice(1).join('/'));
  const chosen = routes.find(([name]) => name === wanted) ?? routes[0];
  const word = query.trim().toLowerCase();
  const shown = routes.filter(([name, route]) =>
    `${name} ${route.method} ${route.path} ${route.summary}`.toLowerCase().includes(word),
  );
  const openApi = `${address}/v0/management/openapi.json`;
  return (
    <div className="page fill">
      <PageHead title={t('pages.help')} note={t('help.apiNote')}>
        <Button onClick={() => void copy(openApi, 'openapi.json')}>{t('help.copyOpenApi')}</Button>
      </PageHead>
      {tabs}
      <div id="help-panel" className="explorer" role="tabpanel" aria-label={t('help.tabs.api')}>
        <nav aria-label={t('help.routes')} className="explorer-nav">
          <TextInput
            aria-label={t('help.find')}
            placeholder={t('help.find')}
            leftSection={<IconSearch size={14} stroke={1.5} />}
            mb={12}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {groups.map((group) => (
            <RouteGroup
              key={group}
              group={group}
              routes={shown.filter(([name]) => groupOf(name) === group)}
              chosen={chosen?.[0] ?? ''}
            />
          ))}
          {shown.length === 0 && <p className="second">{t('help.noRoute', { query })}</p>}
        </nav>
        {chosen && <Trial key={chosen[0]} name={chosen[0]} route={chosen[1]} address={address} />}
      </div>
    </div>
  );
}

interface RouteGroupProps {
  readonly group: Group;
  readonly routes: readonly (readonly [string, Route])[];
  readonly chosen: string;
}

function RouteGroup({ group, routes: list, chosen }: RouteGroupProps) {
  const t = useText();
  const navigate = useNavigate();
  if (list.length === 0) return null;
  return (
    <div className="route-group">
      <h2 className="second">{t(`help.groups.${group}`)}</h2>
      <ul>
        {list.map(([name, { method, path }]) => (
          <li key={name}>
            <button
              type="button"
              className="plain route"
              aria-current={name === chosen}
              onClick={() => void navigate(`/help/api/${encodeURIComponent(name)}`)}
            >
              <code className="dim">{method}</code>
              <code className="cut">{path}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Answer {
  readonly ok: boolean;
  readonly text: string;
  readonly milliseconds: number;
  readonly changes: ReturnType<typeof changedLines>;
}

interface TrialProps {
  readonly name: string;
  readonly route: Route;
  readonly address: string;
}

function Trial({ name, route, address }: TrialProps) {
  const t = useText();
  const [input, setInput] = useState(() => (route.sample === undefined ? '' : JSON.stringify(route.sample, null, 2)));
  const [answer, setAnswer] = useState<Answer>();
  const [sending, setSending] = useState(false);
  const parsed = parse(input);
  const changes = route.method !== 'GET';

  const send = async () => {
    setSending(true);
    const before = changes ? await configText() : '';
    const start = performance.now();
    let result: Pick<Answer, 'ok' | 'text'>;
    try {
      const output = await transport.call(name, parsed.value);
      result = { ok: true, text: JSON.stringify(output, null, 2) ?? '' };
    } catch (error) {
      const code = error instanceof CallError && error.code !== error.message ? `${error.code}: ` : '';
      result = { ok: false, text: `${code}${errorText(error)}` };
    }
    const milliseconds = performance.now() - start;
    const after = changes ? await configText() : '';
    setAnswer({ ...result, milliseconds, changes: changedLines(before, after) });
    setSending(false);
  };

  return (
    <div className="trial">
      <div>
        <h2>
          <code className="trial-title">
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
        <Button variant="filled" disabled={parsed.error || sending} onClick={() => void send()}>
          {t('help.send')}
        </Button>
        <Button disabled={parsed.error} onClick={() => void copy(curlOf(route, parsed.value, address), 'curl')}>
          {t('help.copyCurl')}
        </Button>
        <span className="second">{t(changes ? 'help.changesNote' : 'help.readsNote')}</span>
      </div>
      {answer && (
        <>
          <section>
            <div className="row between section-head">
              <h3 className="head">{t('help.response')}</h3>
              <StatusText status={answer.ok ? 'ok' : 'error'}>
                {t(answer.ok ? 'help.done' : 'help.rejected')}{' '}
                <span className="dim">{t('help.in', { time: duration(answer.milliseconds) })}</span>
              </StatusText>
            </div>
            <div className="sunken answer">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
              <pre className="mono answer-text" tabIndex={0}>
                {answer.text}
              </pre>
              <Copy value={answer.text} what={t('help.response')} />
            </div>
          </section>
          {answer.changes.length > 0 && (
            <section>
              <h3 className="head section-head">{t('help.whatChanged')}</h3>
              <div className="sunken mono change-lines">
                {answer.changes.map(({ sign, number, text }) => (
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

/** The config as it is on disk; nothing when it cannot be read, since the trial itself says why. */
const configText = async () => (await call('config-yaml.get').catch(() => ({ text: '' }))).text;

function parse(input: string): { readonly value: unknown; readonly error: boolean } {
  if (input.trim() === '') return { value: undefined, error: false };
  try {
    return { value: JSON.parse(input), error: false };
  } catch {
    return { value: undefined, error: true };
  }
}

/** The request as a line for a shell; the key stays a variable. */
function curlOf(route: Route, input: unknown, address: string): string {
  const { method, path, type, body } = encodeRequest(route, input);
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `curl -X ${method} ${quoted(address + path)}`,
    '-H "Authorization: Bearer $MANAGEMENT_KEY"',
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`]),
    ...(typeof body === 'string' ? [`--data-raw ${quoted(body)}`] : []),
    ...(body instanceof FormData ? ['-F file=@account.json'] : []),
  ].join(' \\\n  ');
}
