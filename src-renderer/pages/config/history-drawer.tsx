// Earlier versions of the config: when, by whom, and what was different, in a sentence and line by line.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createTwoFilesPatch } from 'diff';
import { useState } from 'react';
import type { ConfigVersion } from '../../../src-shared/contract/config-history.ts';
import { DiffBox } from '../../components/diff-box.tsx';
import { SideDrawer } from '../../components/drawer.tsx';
import { clock, day, whole } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { configSecrets } from './config-secrets.ts';
import { versionSentence } from './version-sentence.ts';

interface HistoryDrawerProps {
  readonly draft: string;
  /** Puts a version into the editor, where it is reviewed like any change. */
  readonly onRestore: (text: string) => void;
  readonly onClose: () => void;
}

const context = 3;
const maxEditLength = 4_000;

/** The time of day, or the date of what was not today. */
const moment = (time: string) => (day(time) === day(Date.now()) ? clock(time) : day(time));

export function HistoryDrawer({ draft, onRestore, onClose }: HistoryDrawerProps) {
  const t = useText();
  const versions = useRead('config-history.list');
  const [wanted, setWanted] = useState<string>();
  const [isAgainstNow, setAgainstNow] = useState(false);
  const list = versions.data?.versions ?? [];
  const at = Math.max(
    0,
    list.findIndex(({ id }) => id === wanted),
  );
  const chosen = list[at];
  const earlier = list[at + 1];
  const texts = useQuery({
    queryKey: ['config-history.get', chosen?.id, earlier?.id],
    queryFn: async () => {
      const textOf = async (version: ConfigVersion | undefined) =>
        version === undefined ? '' : (await call('config-history.get', { id: version.id })).text;
      return { after: await textOf(chosen), before: await textOf(earlier) };
    },
    enabled: chosen !== undefined,
  });
  const choose = (id: string) => {
    setWanted(id);
    setAgainstNow(false);
  };
  return (
    <SideDrawer
      title={t('config.history')}
      note={t('config.historyNote')}
      width={620}
      onClose={onClose}
      foot={
        chosen === undefined ? (
          <Button data-autofocus onClick={onClose}>
            {t('common.close')}
          </Button>
        ) : (
          <>
            <span className="second grow">{t('config.isChangeToo')}</span>
            <Button aria-pressed={isAgainstNow} onClick={() => setAgainstNow(!isAgainstNow)}>
              {t(isAgainstNow ? 'config.whatChanged' : 'config.compareWithNow')}
            </Button>
            <Button
              variant="filled"
              disabled={texts.data === undefined || texts.data.after === draft}
              onClick={() => texts.data && onRestore(texts.data.after)}
            >
              {t('config.restoreVersion', { time: moment(chosen.time) })}
            </Button>
          </>
        )
      }
    >
      <Loaded query={versions} failure={t('config.historyFailed')}>
        {() =>
          chosen === undefined ? (
            <Empty title={t('config.noHistory')}>{t('config.noHistoryNote')}</Empty>
          ) : (
            <>
              <Versions versions={list} chosen={chosen.id} onChoose={choose} />
              <Head
                side={
                  isAgainstNow
                    ? ''
                    : t('config.changedBy', {
                        actor: t(`home.actors.${chosen.actor}`),
                        added: whole(chosen.added),
                        removed: whole(chosen.removed),
                      })
                }
              >
                {t(isAgainstNow ? 'config.comparedWithNow' : 'config.changedAt', { time: moment(chosen.time) })}
              </Head>
              <Loaded query={texts} failure={t('config.versionFailed')}>
                {({ before, after }) => (
                  <Difference before={isAgainstNow ? draft : before} after={after} label={t('config.changes')} />
                )}
              </Loaded>
            </>
          )
        }
      </Loaded>
    </SideDrawer>
  );
}

interface VersionsProps {
  readonly versions: readonly ConfigVersion[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function Versions({ versions, chosen, onChoose }: VersionsProps) {
  const t = useText();
  return (
    <ul
      className="versions"
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        buttons[buttons.indexOf(event.target as HTMLButtonElement) + step]?.focus();
      }}
    >
      {versions.map((version, at) => {
        const sentence = versionSentence(t, version, at === versions.length - 1);
        return (
          <li key={version.id}>
            <button
              type="button"
              className="plain"
              aria-current={version.id === chosen}
              {...(at === 0 && { 'data-autofocus': true })}
              onFocus={() => onChoose(version.id)}
              onClick={() => onChoose(version.id)}
            >
              <span className="dim">{moment(version.time)}</span>
              <span className="cut" title={sentence}>
                {sentence}
              </span>
              <span className="second">{t(`home.actors.${version.actor}`)}</span>
              <span className="second num">{version.added > 0 && `+${whole(version.added)}`}</span>
              <span className="second num">{version.removed > 0 && `−${whole(version.removed)}`}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Difference({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) {
  const t = useText();
  if (before === after) return <p className="dim">{t('config.sameAsNow')}</p>;
  const diff = createTwoFilesPatch('', '', before, after, '', '', { context, maxEditLength });
  if (diff === undefined) return <p className="dim">{t('config.tooDifferent')}</p>;
  return <DiffBox diff={diff} label={label} secrets={[...configSecrets(before), ...configSecrets(after)]} />;
}
