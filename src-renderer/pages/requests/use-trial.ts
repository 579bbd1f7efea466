// A request tried again for one token: with the same key, model and format.
import { useRef, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { errorText } from '../../components/error-text.ts';
import { duration } from '../../components/format.ts';
import type { Status } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { askGateway } from '../../state/gateway.ts';
import { useServer } from '../../state/server.ts';
import { oneToken } from './repeat-request.ts';

export interface Trial {
  /** What came of it; undefined before the first one. */
  readonly outcome: { readonly status: Status; readonly label: string } | undefined;
  readonly isRunning: boolean;
  /** Undefined where the key is gone, or the format knows no limit of tokens. */
  readonly run: (() => Promise<void>) | undefined;
}

export function useTrial(record: RequestRecord | undefined): Trial {
  const t = useText();
  const { address } = useServer();
  const keys = useRead('client-keys.list').data?.keys ?? [];
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly shown: NonNullable<Trial['outcome']> }>();
  const newest = useRef(0);
  const wanted = record && oneToken(record);
  const key = keys.find(({ key_id }) => key_id === record?.key_id)?.key;
  const isPossible = record !== undefined && wanted !== undefined && (record.key_id === null || key !== undefined);
  const own = outcome?.of === record?.id ? outcome?.shown : undefined;

  const run = async (): Promise<void> => {
    if (!isPossible) return;
    newest.current += 1;
    const turn = newest.current;
    const show = (status: Status, label: string) => {
      if (turn === newest.current) setOutcome({ of: record.id, shown: { status, label } });
    };
    show('busy', t('keyBox.testing'));
    const start = performance.now();
    try {
      const response = await askGateway(address, wanted.path, key, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wanted.body),
      });
      await response.arrayBuffer();
      show('ok', t('keyBox.answeredIn', { time: duration(performance.now() - start) }));
    } catch (error) {
      show('error', errorText(error));
    }
  };
  return { outcome: own, isRunning: own?.status === 'busy', run: isPossible ? run : undefined };
}
