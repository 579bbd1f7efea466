// One account file: what is in it without its secrets, its own proxy, and what can be done with it.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { isObject, parseJson } from '../../../src-shared/json.ts';
import { copy } from '../../components/copy.tsx';
import { SideDrawer } from '../../components/drawer.tsx';
import { bytes, clock, span, useNow } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import { Loaded } from '../../components/states.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text, useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { downloadFile, endCooldown, removeFiles } from './actions.ts';
import { cooldownLeft, fileState } from './file-state.ts';
import { redacted } from './redact.ts';

interface FileDrawerProps {
  readonly name: string;
  /** Undefined when the file has gone meanwhile. */
  readonly file: AccountFile | undefined;
  readonly onClose: () => void;
}

export function FileDrawer({ name, file, onClose }: FileDrawerProps) {
  const t = useText();
  const privacy = usePrivacy();
  // The modification time is part of the key: a renewed login is another content.
  const content = useQuery({
    queryKey: ['auth-file', name, file?.modtime],
    queryFn: async () => (await call('auth-files.download', { name })).content,
    enabled: file !== undefined,
    gcTime: 0,
  });
  const remove = async () => {
    if (await removeFiles([name])) onClose();
  };
  return (
    <SideDrawer
      title={privacy ? maskEmail(name) : name}
      note={file ? `${file.type || t('files.unknown')}, ${bytes(file.size)}` : t('files.gone')}
      width={560}
      onClose={onClose}
      foot={
        <>
          <Button className="danger" disabled={!file} onClick={() => void remove()}>
            {t('common.delete')}
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.close')}</Button>
          <Button variant="filled" disabled={!file} data-autofocus onClick={() => void downloadFile(name)}>
            {t('files.download')}
          </Button>
        </>
      }
    >
      {file && (
        <Loaded query={content} failure={t('files.readFailed')}>
          {(json) => (
            <div className="form">
              <Cooldown file={file} />
              <OwnProxy name={name} content={json} />
              <section>
                <div className="row between section-head">
                  <h3 className="head">{t('files.content')}</h3>
                  <Button size="xs" onClick={() => void copy(json, name, true)}>
                    {t('files.copyContent')}
                  </Button>
                </div>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
                <pre className="sunken mono file-content" tabIndex={0}>
                  {privacy
                    ? maskEmail(redacted(json, text('files.hiddenValue')))
                    : redacted(json, text('files.hiddenValue'))}
                </pre>
              </section>
            </div>
          )}
        </Loaded>
      )}
    </SideDrawer>
  );
}

/** Why and for how long the account is left out, and the way to use it before. */
function Cooldown({ file }: { readonly file: AccountFile }) {
  const t = useText();
  const privacy = usePrivacy();
  const now = useNow(1000);
  const left = cooldownLeft(file, now);
  if (left === 0) return null;
  const { status, label } = fileState(t, file);
  return (
    <div className="row between">
      <div className="grow">
        <StatusText status={status}>{label}</StatusText>
        <p className="second">
          {t('files.cooldownUntil', { time: clock(file.next_retry_after), span: span(left) })}{' '}
          {privacy ? maskEmail(file.status_message) : file.status_message}
        </p>
      </div>
      <Button onClick={() => void endCooldown(file.name)}>{t('files.endCooldown')}</Button>
    </div>
  );
}

function OwnProxy({ name, content }: { readonly name: string; readonly content: string }) {
  const t = useText();
  const [url, setUrl] = useState(() => proxyOf(content));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await attempt(t('files.proxyFailed'), () =>
      call('auth-files.update', { name, fields: { proxy_url: url.trim() } }),
    );
    if (done) toastDone({ title: t('files.proxySaved', { name }) });
  };
  return (
    <form className="row end" onSubmit={(event) => void save(event)}>
      <TextInput
        className="grow"
        label={t('files.proxy')}
        description={t('files.proxyHelp')}
        size="md"
        data-mono
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Button type="submit" size="md" disabled={url.trim() === proxyOf(content)}>
        {t('common.save')}
      </Button>
    </form>
  );
}

function proxyOf(content: string): string {
  const fields = parseJson(content);
  return isObject(fields) && typeof fields.proxy_url === 'string' ? fields.proxy_url : '';
}
