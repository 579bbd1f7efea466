// Sets a tool up: key and models, exactly what is written, then the proof that it works.
import { Button, Checkbox } from '@mantine/core';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { errorText } from '../../components/error-text.ts';
import { maskText } from '../../components/mask.ts';
import { Failed, Loading } from '../../components/states.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useServedModels } from '../../state/gateway.ts';
import { Changes } from './changes.tsx';
import { SetupChoices } from './setup-choices.tsx';
import { shortPath } from './tool-state.ts';
import { useSetup } from './use-setup.ts';
import { Warnings } from './warnings.tsx';

interface SetupDrawerProps {
  readonly agent: Agent;
  readonly onClose: () => void;
}

export function SetupDrawer({ agent, onClose }: SetupDrawerProps) {
  const t = useText();
  const { name, files, configured } = agent;
  const setup = useSetup(agent, onClose);
  const { preview, failure, phase } = setup;
  const models = useServedModels().data ?? [];
  const kept = preview.data?.kept ?? [];
  const canWrite = setup.canWrite && (kept.length === 0 || setup.overwrite);
  return (
    <SideDrawer
      title={t('tools.drawer.title', { name })}
      note={files.map(({ file }) => shortPath(file)).join(', ')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <div className="grow cut" aria-live="polite">
            {phase === 'writing' && <StatusText status="busy">{t('tools.drawer.writing')}</StatusText>}
            {phase === 'verifying' && <StatusText status="busy">{t('tools.drawer.verifying', { name })}</StatusText>}
          </div>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button disabled={!canWrite} onClick={() => void setup.writeOnly()}>
            {t('tools.drawer.writeOnly')}
          </Button>
          <Button variant="filled" data-autofocus disabled={!canWrite} onClick={() => void setup.writeAndVerify()}>
            {t('tools.drawer.writeAndVerify')}
          </Button>
        </>
      }
    >
      <div className="form">
        <SetupChoices agent={agent} models={models} choice={setup.choice} onChange={setup.setChoice} />
        {failure && (
          <div role="alert">
            <StatusText status="error">{t('tools.drawer.writeFailed', { name })}</StatusText>
            <p>
              {errorText(failure.error)} {failure.isPutBack && t('tools.drawer.putBack')}
            </p>
            {failure.output && (
              <>
                <p className="second">{t('tools.drawer.output', { name })}</p>
                <pre className="sunken tool-output mono">{maskText(failure.output)}</pre>
              </>
            )}
          </div>
        )}
        {setup.hasChanged && (
          <div role="status">
            <StatusText status="warn">{t('tools.drawer.changedMeanwhile')}</StatusText>
          </div>
        )}
        {preview.error ? (
          <Failed title={t('tools.drawer.previewFailed')} error={preview.error} onRetry={preview.refetch} />
        ) : preview.data === undefined ? (
          <Loading rows={8} />
        ) : (
          <>
            <Warnings warnings={preview.data.warnings} />
            {kept.length > 0 && (
              <div>
                <StatusText status="warn">
                  {t('tools.drawer.keptKeys', { keys: kept.map(({ key }) => key).join(', ') })}
                </StatusText>
                <Checkbox
                  mt={8}
                  label={t('tools.drawer.overwrite')}
                  checked={setup.overwrite}
                  onChange={(event) => setup.setOverwrite(event.currentTarget.checked)}
                />
              </div>
            )}
            <Changes changes={preview.data.changes} nothing={t('tools.drawer.same')} />
            <ul className="plain-list dim">
              <li>{t('tools.drawer.kept')}</li>
              <li>{t(configured ? 'tools.drawer.verifyNoteOnly' : 'tools.drawer.verifyNote', { name })}</li>
              <li>{t('tools.drawer.restart', { name })}</li>
            </ul>
          </>
        )}
      </div>
    </SideDrawer>
  );
}
