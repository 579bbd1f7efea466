// The values of one place of a chart, beside it.
import type { ReactNode } from 'react';

export interface CardContent {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly swatch?: string | undefined; readonly value: string }[];
  readonly sum?: { readonly name: string; readonly value: string } | undefined;
  readonly note?: ReactNode;
}

/** `left`: on which side of its place there is room. */
export const HoverCard = ({ content, left }: { readonly content: CardContent; readonly left: boolean }) => (
  <div className={left ? 'chart-values left' : 'chart-values'}>
    <p className="strong cut">{content.title}</p>
    <ul>
      {content.rows.map(({ name, swatch, value }) => (
        <li key={name}>
          {swatch && <span className={`swatch ${swatch}`} />}
          <span className="cut">{name}</span>
          <span className="num">{value}</span>
        </li>
      ))}
      {content.sum && (
        <li className="sum">
          <span className="cut">{content.sum.name}</span>
          <span className="num">{content.sum.value}</span>
        </li>
      )}
    </ul>
    {content.note && <p className="second">{content.note}</p>}
  </div>
);
