// Who answered: the mark of the provider and the name of the account or key.
import type { SourceName as Name } from '../state/request-names.ts';
import { Mark } from './page.tsx';

export const SourceName = ({ source }: { readonly source: Name | undefined }) =>
  source === undefined ? (
    <span className="dim">–</span>
  ) : (
    <span className="row">
      <Mark id={source.mark} />
      <span className="cut" title={source.name}>
        {source.name}
      </span>
    </span>
  );
