// Adds a key: recognised, its models chosen, tested with one token, then saved.
import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { SideDrawer } from '../../../components/drawer.tsx';
import { errorText } from '../../../components/error-text.ts';
import { duration } from '../../../components/format.ts';
import { Loading } from '../../../components/states.tsx';
import { StatusText } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { TestResult } from '../test-result.tsx';
import type { Added } from './add-recognized.ts';
import { FoundService } from './found-service.tsx';
import { KeyField } from './key-field.tsx';
import { ModelChecklist } from './model-checklist.tsx';
import { ServiceList } from './service-list.tsx';
import { useNewKey } from './use-new-key.ts';

interface AddKeyDrawerProps {
  readonly onAdded: (added: Added) => void;
  readonly onClose: () => void;
}

export function AddKeyDrawer({ onAdded, onClose }: AddKeyDrawerProps) {
  const t = useText();
  const services = useRef<HTMLUListElement>(null);
  const key = useNewKey(onAdded);
  const { found, preset, target, phase, tested, chosen } = key;
  const isUnknown = found?.kind === 'unknown' && preset === undefined;
  const isChoosing = key.text === '' && preset === undefined;
  return (
    <SideDrawer
      title={t('keyBox.title')}
      note={t('keyBox.titleNote')}
      width={560}
      onClose={onClose}
      foot={
        isChoosing ? (
          <>
            <span className="second grow">{t('keyBox.notListed')}</span>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
          </>
        ) : (
          <>
            <div className="grow cut" aria-live="polite">
              {phase === 'testing' && <StatusText status="busy">{t('keyBox.testing')}</StatusText>}
              {tested?.ok && phase === 'idle' && (
                <StatusText status="ok">{t('keyBox.answeredIn', { time: duration(tested.milliseconds) })}</StatusText>
              )}
              {tested && !tested.ok && phase === 'idle' && (
                <button type="button" className="plain link" onClick={() => void key.addUntested()}>
                  {t('keyBox.addAnyway')}
                </button>
              )}
            </div>
            <Button disabled={!key.isReady} onClick={() => void key.test()}>
              {t(tested ? 'keyBox.testAgain' : 'settings.test')}
            </Button>
            <Button variant="filled" disabled={!key.isReady} onClick={() => void key.add()}>
              {chosen.size > 0 ? t('keyBox.addWith', { count: chosen.size }) : t('keyBox.add')}
            </Button>
          </>
        )
      }
    >
      <div className="form">
        <div className="key-box-field">
          <div className="strong">{t('keyBox.label')}</div>
          <KeyField
            text={key.text}
            onChange={key.change}
            isWrong={isUnknown || key.error !== undefined || tested?.ok === false}
            placeholder={t('keyBox.placeholder')}
            onEnter={() => void key.add()}
            onDown={() => services.current?.querySelector('button')?.focus()}
          />
          {isChoosing && <p className="second">{t('keyBox.noteListed')}</p>}
          {isUnknown && <p className="second t-warn">{t('keyBox.unknown')}</p>}
          {key.error !== undefined && <p className="t-error">{errorText(key.error)}</p>}
        </div>
        {isChoosing && <ServiceList list={services} onChoose={key.choose} />}
        {!isChoosing && !isUnknown && (found !== undefined || preset !== undefined) && (
          <FoundService
            found={{ ...(found ?? { key: '', baseUrl: '', model: '' }), presets: preset ? [] : key.fits }}
            preset={preset}
            onChoose={(id) => key.choose(key.fits.find((fit) => fit.id === id))}
          >
            {preset && (
              <button type="button" className="plain link" onClick={() => key.choose(undefined)}>
                {t('keyBox.notThis')}
              </button>
            )}
          </FoundService>
        )}
        {preset !== undefined && target === undefined && !isUnknown && (
          <p className="second">{t('keyBox.pasteKeyOf', { name: preset.name })}</p>
        )}
        {key.isStranger && (
          <div className="row key-box-found">
            <p className="grow">{t('keyBox.stranger', { host: key.host })}</p>
            <Button onClick={key.trust}>{t('keyBox.askHost')}</Button>
          </div>
        )}
        {target && !key.isStranger && (
          <>
            <div className="name-and-url">
              {target.kind.named && (
                <TextInput
                  label={t('providers.name')}
                  size="md"
                  value={key.name}
                  error={key.isNameTaken && t('providers.errors.name-taken')}
                  onChange={(event) => key.setName(event.currentTarget.value)}
                />
              )}
              <TextInput
                label={t('providers.proxyForKey')}
                size="md"
                data-mono
                placeholder={t('providers.asInSettings')}
                value={key.proxyUrl}
                onChange={(event) => key.setProxyUrl(event.currentTarget.value)}
              />
            </div>
            <Models {...key} title={target.title} />
          </>
        )}
        {tested && (
          <div className="test-lines" role={tested.ok ? 'status' : 'alert'}>
            <TestResult probe={tested} />
            {tested.ok && tested.model !== '' && (
              <p className="second">{t('keyBox.answeredBy', { model: tested.model })}</p>
            )}
          </div>
        )}
      </div>
    </SideDrawer>
  );
}

function Models({
  listing,
  models,
  chosen,
  setChosen,
  title,
}: Pick<ReturnType<typeof useNewKey>, 'listing' | 'models' | 'chosen' | 'setChosen'> & { readonly title: string }) {
  const t = useText();
  if (listing.error || listing.data?.ok === false) {
    return (
      <div role="alert">
        <StatusText status="warn">{t('keyBox.listFailed')}</StatusText>
        <p className="dim">{listing.error ? errorText(listing.error) : listing.data?.message}</p>
        <button type="button" className="plain link" onClick={() => void listing.refetch()}>
          {t('common.tryAgain')}
        </button>
      </div>
    );
  }
  if (listing.data === undefined) {
    return (
      <>
        <p role="status">
          <StatusText status="busy">{t('keyBox.asking', { name: title })}</StatusText>
        </p>
        <Loading rows={4} height={32} />
      </>
    );
  }
  if (models.length === 0) return <p className="second">{t('keyBox.noModels')}</p>;
  return (
    <>
      <ModelChecklist models={models} facts={listing.data.facts} chosen={chosen} onChange={setChosen} />
      {[...chosen].some((name) => name.includes('/')) && <p className="second">{t('keyBox.afterSlash')}</p>}
    </>
  );
}
