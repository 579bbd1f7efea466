// Changes between two texts, filling the body of a drawer.
import { lazy, Suspense } from 'react';

const Diff = lazy(async () => ({ default: (await import('./editor.tsx')).Diff }));

interface DiffAreaProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export const DiffArea = (props: DiffAreaProps) => (
  <div className="diff">
    <Suspense>
      <Diff {...props} />
    </Suspense>
  </div>
);
