// The steps of a login as they happen, with the time that is left.

import type { SignInFlow } from '../../../src-shared/provider-row.ts';
import type { SignInProvider } from '../../../src-shared/providers.ts';
import { useNow } from '../../components/format.ts';
import { type Status, StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { Phase } from './use-login.ts';

/** Steps after the listener, in order, with the words the program uses for them. */
const order = ['waiting', 'exchanging', 'enriching', 'done'] as const;

interface LoginProgressProps {
  readonly provider: SignInProvider;
  readonly phase: Phase;
}

interface Stage {
  readonly status: Status;
  readonly title: string;
  readonly note?: string;
}

export function LoginProgress({ provider, phase }: LoginProgressProps) {
  const t = useText();
  return (
    <section className="progress" aria-label={t('accounts.progress')}>
      <div className="row between progress-head">
        <h3 className="head">{t('accounts.progress')}</h3>
        {phase.kind === 'running' && <Countdown deadline={phase.deadline} />}
      </div>
      <ol aria-live="polite">
        {stages().map((stage) => (
          <li key={stage.title} className="stage">
            <span className="stage-icon">
              <StatusIcon status={stage.status} />
            </span>
            <div>
              <div
                className={
                  stage.status === 'off' ? 'dim' : stage.status === 'busy' ? 'strong' : `t-${textStatus(stage)}`
                }
              >
                {stage.title}
              </div>
              {stage.note && <div className="second">{stage.note}</div>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );

  /** How the provider's answer gets here. */
  function firstStage(flow: SignInFlow, listening: boolean): readonly Stage[] {
    const { callbackPort: port } = provider.signIn;
    if (flow === 'device') return [{ status: 'ok', title: t('accounts.stages.code') }];
    if (port === undefined || flow === 'manual') return [];
    if (listening) return [{ status: 'ok', title: t('accounts.stages.listening', { port }) }];
    return [{ status: 'off', title: t('accounts.stages.notListening'), note: t('accounts.stages.notListeningNote') }];
  }

  function stages(): readonly Stage[] {
    const running = phase.kind === 'running' ? phase : undefined;
    const first = firstStage(running?.flow ?? provider.signIn.flows[0], running?.listening ?? true);
    const step = phase.kind === 'running' || phase.kind === 'failed' ? phase.step : 'done';
    const at = phase.kind === 'done' ? order.length : Math.max(0, order.indexOf(step as (typeof order)[number]));
    const failure = phase.kind === 'failed' ? phase.message : undefined;
    const names = [
      {
        title: t('accounts.stages.waiting'),
        note: t(`accounts.stages.${noteOf(running?.flow)}`),
      },
      { title: t('accounts.stages.exchanging') },
      { title: t('accounts.stages.saving') },
    ];
    return [
      ...first,
      ...names.map(({ title, note }, index): Stage => {
        // Asking the provider about the account belongs to saving it.
        const place = Math.min(at, names.length);
        if (index < place) return { status: 'ok', title };
        if (index > place) return { status: 'off', title };
        if (failure !== undefined) return { status: 'error', title, note: failure };
        return { status: 'busy', title, ...(note !== undefined && { note }) };
      }),
    ];
  }
}

const noteOf = (flow: SignInFlow | undefined) =>
  flow === 'device' ? 'deviceNote' : flow === 'manual' ? 'manualNote' : 'waitingNote';

const textStatus = ({ status }: Stage) => (status === 'error' ? 'error' : 'text');

function Countdown({ deadline }: { readonly deadline: number }) {
  const t = useText();
  const now = useNow(1000);
  const seconds = Math.max(0, Math.ceil((deadline - now) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return <span className="second tn">{seconds > 0 ? t('accounts.left', { time }) : t('accounts.expired')}</span>;
}
