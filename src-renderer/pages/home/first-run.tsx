// The first page while nothing can be answered yet: three steps to the first request.
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { signInProviders } from '../../../src-shared/providers.ts';
import { CopyLine } from '../../components/copy.tsx';
import { duration } from '../../components/format.ts';
import { Head, Mark, PageHead } from '../../components/page.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { transport, useRead } from '../../state/client.ts';
import { useServer } from '../../state/server.ts';
import { isEnded } from '../accounts/notices.ts';
import { removeAdded } from '../providers/actions.ts';
import type { Added } from '../providers/add-key/add-recognized.ts';
import { KeyBox } from '../providers/add-key/key-box.tsx';
import { addKeyPath } from '../providers/kinds.ts';
import { Connect } from './connect.tsx';
import { DesktopStart } from './desktop-start.tsx';
import { FirstProgram } from './first-program.tsx';
import { firstStepsStore } from './first-steps.ts';
import { FoundAccounts } from './found-accounts.tsx';
import { useOverview } from './overview.ts';
import { ProgramLines } from './program-lines.tsx';
import { SendRequest } from './send-request.tsx';

/** Those that still let people in. */
const offered = signInProviders.filter((provider) => !isEnded(provider));

export function FirstRun() {
  const t = useText();
  const { host } = useServer();
  const { isNew } = useOverview();
  const [added, setAdded] = useState<Added>();
  useEffect(() => {
    if (isNew) firstStepsStore.set('open');
  }, [isNew]);
  const undo = async ({ name, target, entry }: Added) => {
    const done = await attempt(t('home.first.undoFailed', { name }), () => removeAdded(target.kind, entry));
    if (done) setAdded(undefined);
  };
  const leave = () => firstStepsStore.set('left');
  return (
    <>
      <PageHead
        title={t(isNew ? 'home.first.title' : 'home.first.titleLast')}
        note={
          isNew
            ? t('home.first.note')
            : added
              ? t('home.first.noteNamed', { name: added.name })
              : t('home.first.noteLast')
        }
      />
      <div className="columns">
        <ol className="steps">
          <Step done title={t('home.first.reachable')} fact={t('home.first.reachableNote', { host })} />
          {isNew ? (
            <Step number={2} title={t('home.first.add')}>
              <p className="dim">{t('home.first.addNote')}</p>
              <KeyBox onAdded={setAdded}>
                <Link to={addKeyPath}>{t('home.first.chooseService')}</Link>
              </KeyBox>
              <FoundAccounts />
              <p className="existing-link">
                <Link to="/help/existing">{t('existing.use')}</Link>
                <span className="second">{t('existing.useNote')}</span>
              </p>
              <ul className="step-list divided">
                {offered.map(({ id, mark, title, signIn: { login } }) => (
                  <li key={id} className="row">
                    <Mark id={mark} />
                    <span className="step-name">{title}</span>
                    <span className="second grow cut">{t(`providerTexts.gives.${login}`)}</span>
                    <Button size="xs" component={Link} to={`/accounts/login/${login}`}>
                      {t('accounts.signIn')}
                    </Button>
                  </li>
                ))}
              </ul>
            </Step>
          ) : (
            <Step
              done
              title={added ? t('home.first.added', { name: added.name }) : t('home.first.add')}
              fact={added ? factOf(t, added) : t('home.first.done')}
              side={
                <>
                  {added && (
                    <button type="button" className="plain link" onClick={() => void undo(added)}>
                      {t('common.undo')}
                    </button>
                  )}
                  <Link to={addKeyPath}>{t('home.first.addAnother')}</Link>
                </>
              }
            />
          )}
          <Step number={3} title={t('home.first.sendTitle')}>
            {isNew ? (
              <p className="dim">{t('home.first.sendNote')}</p>
            ) : (
              <>
                <SendRequest />
                <Head>{t('home.first.program')}</Head>
                <ProgramLines />
                <FirstProgram onDone={leave} />
              </>
            )}
          </Step>
        </ol>
        <aside className="first-side">
          {isNew ? (
            <>
              {transport.desktop && <DesktopStart />}
              <ConfigFacts />
            </>
          ) : (
            <Connect />
          )}
        </aside>
      </div>
    </>
  );
}

function ConfigFacts() {
  const t = useText();
  const info = useRead('server-info.get').data;
  const keys = useRead('client-keys.list').data?.keys.length ?? 0;
  if (info === undefined) return null;
  return (
    <section className="sunken connect">
      <Head>{t('home.first.config')}</Head>
      <CopyLine value={info.configFile} what={t('home.first.config')} />
      <p className="second">
        {t(info.host === '0.0.0.0' ? 'home.first.open' : 'home.first.loopback')}{' '}
        {keys > 0 ? t('home.first.keys', { count: keys }) : t('home.first.noKeys')}
      </p>
    </section>
  );
}

/** `key works, 412 ms, 6 models` */
const factOf = (t: Text, { milliseconds, models }: Added) =>
  [
    milliseconds === undefined ? t('providers.notTested') : t('providers.works', { time: duration(milliseconds) }),
    ...(models > 0 ? [t('home.first.modelCount', { count: models })] : []),
  ].join(', ');

interface StepProps {
  /** A step that is done folds into one line. */
  readonly done?: boolean;
  readonly number?: number;
  readonly title: string;
  readonly fact?: string;
  readonly side?: ReactNode;
  readonly children?: ReactNode;
}

function Step({ done = false, number, title, fact, side, children }: StepProps) {
  return (
    <li className="step">
      {done ? (
        <span className="step-done">
          <StatusIcon status="ok" size={14} />
        </span>
      ) : (
        <Mark id={String(number)} />
      )}
      <div>
        <div className="row between">
          <h2 className="head">
            {title}
            {fact && <span className="step-state"> · {fact}</span>}
          </h2>
          {side && <span className="row second step-side">{side}</span>}
        </div>
        {children}
      </div>
    </li>
  );
}
