// The doctor: uses the server as an outside client would, and says what to do about what fails.
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { DoctorCheck } from '../../../src-shared/contract/diagnostics.ts';
import { copy } from '../../components/copy.tsx';
import { clock, duration } from '../../components/format.ts';
import { PageHead } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { type Status, StatusText } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { call, setRead } from '../../state/client.ts';

const statuses: Readonly<Record<DoctorCheck['result'], Status>> = {
  ok: 'ok',
  warning: 'warn',
  failed: 'error',
  off: 'off',
  'not-asked': 'off',
};
/** Trouble first. */
const order: readonly DoctorCheck['result'][] = ['failed', 'warning', 'not-asked', 'ok', 'off'];

/** Where a failed check is fixed. */
const places: Readonly<Record<DoctorCheck['id'], string>> = {
  server: '/settings/port',
  'wrong-key': '/keys',
  'client-key': '/keys',
  cors: '/help/doctor',
  'config-writable': '/settings/folder-config',
  'config-notices': '/config',
  'auth-writable': '/settings/folder-accounts',
  'log-folder': '/settings/folder-logs',
  'app-data': '/help/doctor',
  history: '/help/doctor',
  'login-ports': '/accounts',
  proxy: '/settings/proxy-url',
  provider: '/providers',
};

const checkName = (t: Text, { id, subject }: DoctorCheck) => t(`help.checks.${id}`, { subject });

function detailOf(t: Text, { result, detail, finding }: DoctorCheck): string {
  if (result === 'not-asked') return t('help.notAsked');
  return finding === undefined ? detail : t(`help.findings.${finding.name}`, finding.values);
}

/** The checks as text, for asking for help. They hold no keys and no e-mails. */
const report = (t: Text, checks: readonly DoctorCheck[]) =>
  checks.map((check) => `${check.result.padEnd(9)} ${checkName(t, check)}: ${detailOf(t, check)}`).join('\n');

export function Doctor({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  // Opening the page asks nobody else: providers may count it, and nobody expects it. The last result stays.
  const run = useQuery({
    queryKey: ['doctor.run'],
    queryFn: () => call('doctor.run', { scope: 'local' }),
    gcTime: Number.POSITIVE_INFINITY,
  });
  const [running, setRunning] = useState(false);
  const runAll = async () => {
    setRunning(true);
    await attempt(t('help.doctorFailed'), async () => {
      const result = await call('doctor.run', { scope: 'all' });
      setRead('doctor.run', () => result);
    });
    setRunning(false);
  };
  const checks = (run.data?.checks ?? []).toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  const count = (result: DoctorCheck['result']) => checks.filter((check) => check.result === result).length;
  const waiting = count('not-asked');
  const took = checks.reduce((sum, { milliseconds }) => Math.max(sum, milliseconds), 0);
  return (
    <div className="page">
      <PageHead title={t('pages.help')} note={t('help.doctorNote')}>
        <Button
          leftSection={<IconCopy size={16} stroke={1.5} />}
          disabled={checks.length === 0}
          onClick={() => void copy(report(t, checks), t('help.report'))}
        >
          {t('help.copyReport')}
        </Button>
        <Button variant="filled" disabled={running} onClick={() => void runAll()}>
          {t(running ? 'help.running' : waiting > 0 ? 'help.runAll' : 'help.runAgain')}
        </Button>
      </PageHead>
      {tabs}
      <div id="help-panel" role="tabpanel" aria-label={t('help.tabs.doctor')}>
        <Loaded query={run} failure={t('help.doctorFailed')} rows={8}>
          {() => (
            <>
              <p className="doctor-sum" role="status">
                <b>
                  {t('help.sum', {
                    checks: checks.length - waiting,
                    passed: count('ok'),
                    warnings: count('warning'),
                    failed: count('failed'),
                  })}
                </b>{' '}
                <span className="dim">
                  {t('help.finished', { time: clock(run.dataUpdatedAt), took: duration(took) })}
                  {waiting > 0 && ` ${t('help.waiting', { count: waiting })}`}
                </span>
              </p>
              <div className="box">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">{t('help.check')}</th>
                      <th scope="col">{t('help.result')}</th>
                      <th scope="col">{t('help.action')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {checks.map((check) => (
                      <tr key={`${check.id} ${check.subject}`}>
                        <td className="col-check">
                          <StatusText status={statuses[check.result]}>
                            <span className="t-text">{checkName(t, check)}</span>
                          </StatusText>
                        </td>
                        <td className={`wrap ${check.result === 'ok' || check.result === 'not-asked' ? 'dim' : ''}`}>
                          {detailOf(t, check)}
                        </td>
                        <td className="col-action">
                          {(check.result === 'failed' || check.result === 'warning') && (
                            <Button size="xs" component={Link} to={places[check.id]}>
                              {t('help.open')}
                            </Button>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )}
        </Loaded>
      </div>
    </div>
  );
}
