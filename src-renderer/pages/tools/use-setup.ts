// Setting a tool up: what is chosen, what it would change, and writing it.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import { CallError } from '../../transport/transport.ts';
import { failureOf, runVerification, toastWorks, type Verification } from './actions.ts';

/** So long the button waits after the changes under it have been made again. */
const rereadMs = 1_000;

type Phase = 'choosing' | 'writing' | 'verifying';

interface SetupFailure {
  readonly error: unknown;
  /** What the tool printed; `''` where it was not started. */
  readonly output: string;
  readonly isPutBack: boolean;
}

export interface SetupChoice {
  /** Client key; `undefined`: the one it was given, else the first of the config. */
  readonly key: string | undefined;
  readonly models: Readonly<Record<string, string>>;
}

/** The models that its files name stay until others are chosen. */
function modelsInForce({ slots }: Agent): Readonly<Record<string, string>> {
  if (slots.every(({ model }) => model === '')) return {};
  const models = slots.map(({ id, model, suggested }) => [id, model || suggested] as const);
  return Object.fromEntries(models.filter(([, model]) => model !== ''));
}

export function useSetup(agent: Agent, onDone: () => void) {
  const { id, name, configured } = agent;
  const t = useText();
  const [choice, setChoice] = useState<SetupChoice>(() => ({ key: undefined, models: modelsInForce(agent) }));
  const [overwrite, setOverwrite] = useState(false);
  const [phase, setPhase] = useState<Phase>('choosing');
  const [failure, setFailure] = useState<SetupFailure>();
  const [hasChanged, setChanged] = useState(false);
  const [isFresh, setFresh] = useState(false);
  const options = { models: choice.models, ...(choice.key !== undefined && { key: choice.key }) };
  const preview = useQuery({
    queryKey: ['agents.preview', id, options],
    queryFn: () => call('agents.preview', { id, options }),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  useEffect(() => {
    if (!isFresh) return;
    const timer = setTimeout(() => setFresh(false), rereadMs);
    return () => clearTimeout(timer);
  }, [isFresh]);

  async function write(): Promise<boolean> {
    setFailure(undefined);
    setPhase('writing');
    try {
      await call('agents.apply', { id, options, revision: preview.data?.revision, overwrite });
      return true;
    } catch (error) {
      if (error instanceof CallError && error.code === 'agent_file_changed') {
        await preview.refetch();
        setChanged(true);
        setFresh(true);
      } else setFailure({ error, output: '', isPutBack: false });
      return false;
    } finally {
      setPhase('choosing');
      await invalidate('agents.list');
    }
  }

  async function writeOnly(): Promise<void> {
    if (!(await write())) return;
    toastDone({ title: t('tools.drawer.done', { name }), detail: t('tools.drawer.restart', { name }) });
    onDone();
  }

  async function writeAndVerify(): Promise<void> {
    if (!(await write())) return;
    setPhase('verifying');
    let result: Verification | undefined;
    let error: unknown;
    try {
      result = await runVerification(id);
    } catch (thrown) {
      error = thrown;
    }
    if (result?.outcome === 'answered') {
      toastWorks(name, result);
      return onDone();
    }
    if (result?.outcome === 'no-program') {
      toastDone({ title: t('tools.drawer.done', { name }), detail: t('tools.drawer.noProgram') });
      return onDone();
    }
    // Another set-up that worked before is not thrown away with this one.
    const isPutBack =
      !configured &&
      (await call('agents.restore', { id }).then(
        () => true,
        () => false,
      ));
    await invalidate('agents.list');
    await preview.refetch();
    setFailure({
      error: result === undefined ? error : new Error(failureOf(name, result)),
      output: result?.output ?? '',
      isPutBack,
    });
    setPhase('choosing');
  }

  return {
    choice,
    setChoice,
    overwrite,
    setOverwrite,
    phase,
    failure,
    hasChanged,
    preview,
    writeOnly,
    writeAndVerify,
    canWrite: preview.data !== undefined && !preview.isFetching && !preview.error && phase === 'choosing' && !isFresh,
  };
}
