// Lists of response events as an upstream could mean them.
import fc from 'fast-check';
import type { Block, FinishReason, IrEvent, Usage } from '../../../src-main/gateway/model/events.ts';
import { charactersIn } from '../../../src-main/gateway/model/text/characters.ts';
import type { Citation } from '../../../src-main/gateway/model/text/citation.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/);

export interface PlannedBlock {
  readonly block: Block;
  readonly pieces: readonly string[];
  readonly signature: string | undefined;
  /** Where pages are cited that the text is based on, as shares of its length. */
  readonly citations?: readonly (readonly [number, number])[];
}

const toolBlock = fc
  .tuple(
    name,
    fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }))),
    fc.integer({ min: 1, max: 9 }),
    fc.option(text, { nil: undefined }),
  )
  .map(([toolName, args, size, signature]): PlannedBlock => {
    const whole = JSON.stringify(args);
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.slice(at * size, (at + 1) * size),
    );
    return { block: { kind: 'tool', id: '', name: toolName, variant: 'function' }, pieces, signature };
  });

const textBlock = fc
  .tuple(
    fc.constantFrom('text' as const, 'thinking' as const, 'refusal' as const),
    fc.array(text, { maxLength: 5 }),
    fc.option(text, { nil: undefined }),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
      maxLength: 3,
    }),
  )
  .map(([kind, pieces, signature, citations]): PlannedBlock => ({ block: { kind }, pieces, signature, citations }));

const imageBlock = fc.constant<PlannedBlock>({
  block: { kind: 'image', mime: 'image/png', data: 'iVBORw0KGgo=' },
  pieces: [],
  signature: undefined,
});

const searchBlock = fc.tuple(text, fc.array(text, { maxLength: 2 })).map(
  ([query, titles]): PlannedBlock => ({
    block: { kind: 'search', query, pages: titles.map((title, at) => ({ url: `https://example.com/${at}`, title })) },
    pieces: [],
    signature: undefined,
  }),
);

const blocks = fc.array(
  fc.oneof(
    { arbitrary: textBlock, weight: 4 },
    { arbitrary: toolBlock, weight: 3 },
    { arbitrary: imageBlock, weight: 1 },
    { arbitrary: searchBlock, weight: 1 },
  ),
  { maxLength: 6 },
);

const usage = fc.record<Usage>({
  inputFresh: fc.nat(9999),
  cacheRead: fc.nat(999),
  cacheWrite: fc.nat(999),
  output: fc.nat(999),
  reasoning: fc.constant(0),
});

const issuers = ['anthropic', 'google', 'openai'] as const;

/** The events of one block, in order. */
function eventsOf(planned: PlannedBlock, index: number): readonly IrEvent[] {
  const { block, pieces, signature } = planned;
  const issuer = issuers[index % issuers.length] ?? 'google';
  return [
    { type: 'block-start', index, block: block.kind === 'tool' ? { ...block, id: `call_${index}` } : block },
    ...pieces.map((piece): IrEvent => ({ type: 'delta', index, text: piece })),
    ...(signature === undefined || (block.kind !== 'thinking' && block.kind !== 'tool')
      ? []
      : [{ type: 'signature', index, signature: { issuer, value: signature } } as const]),
    ...citationsOf(planned).map((citation): IrEvent => ({ type: 'citation', index, citation })),
    { type: 'block-stop', index },
  ];
}

function citationsOf({ block, pieces, citations = [] }: PlannedBlock): readonly Citation[] {
  const length = charactersIn(pieces.join(''));
  if (block.kind !== 'text' || length === 0) return [];
  return citations.map(([one, other], at) => {
    const [start = 0, end = 0] = [one, other].map((share) => Math.round(share * length)).toSorted((a, b) => a - b);
    return { url: `https://example.com/${at % 2}`, ...(start < end && { start, end }) };
  });
}

/** Merges the blocks' events: each starts in order, but may overlap with those before it. */
function interleave(rows: readonly (readonly IrEvent[])[], choices: readonly number[]): readonly IrEvent[] {
  const queues = rows.map((row) => [...row]);
  const merged: IrEvent[] = [];
  let begun = 0;
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
    const open = queues.filter((queue, at) => at < begun && queue.length > 0);
    const canBegin = begun < queues.length;
    const pick = (choices[turn % choices.length] ?? 0) % (open.length + (canBegin ? 1 : 0));
    const queue = pick < open.length ? open[pick] : queues[begun++];
    const event = queue?.shift();
    if (event) merged.push(event);
  }
  return merged;
}

export interface PlannedAnswer {
  readonly blocks: readonly PlannedBlock[];
  readonly events: readonly IrEvent[];
  readonly finish: FinishReason;
}

/** Any response that obeys the order of events, overlapping blocks included. */
export const legalAnswer: fc.Arbitrary<PlannedAnswer> = fc
  .tuple(
    blocks,
    fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }),
    fc.constantFrom<FinishReason>('stop', 'length', 'filter', 'stop-sequence', 'pause'),
    usage,
    fc.constantFrom('early', 'late', 'none'),
  )
  .map(([planned, choices, reason, counts, when]) => {
    const finish = planned.some(({ block }) => block.kind === 'tool') && reason === 'stop' ? 'tool' : reason;
    const counted: IrEvent = { type: 'usage', usage: counts };
    const events: IrEvent[] = [
      { type: 'start', id: 'answer', model: 'm' },
      ...(when === 'early' ? [counted] : []),
      ...interleave(planned.map(eventsOf), choices),
      { type: 'finish', reason: finish },
      ...(when === 'late' ? [counted] : []),
      { type: 'end' },
    ];
    return { blocks: planned, events, finish };
  });

/** Any events in any order. */
export const anyEvents: fc.Arbitrary<readonly IrEvent[]> = fc.array(
  fc.oneof(
    fc.constant<IrEvent>({ type: 'start', id: 'answer', model: 'm' }),
    fc
      .tuple(
        fc.nat(3),
        fc.constantFrom<Block>(
          { kind: 'text' },
          { kind: 'thinking' },
          { kind: 'tool', id: 'c', name: 'f', variant: 'function' },
        ),
      )
      .map(([index, block]): IrEvent => ({ type: 'block-start', index, block })),
    fc.tuple(fc.nat(3), text).map(([index, piece]): IrEvent => ({ type: 'delta', index, text: piece })),
    fc.nat(3).map((index): IrEvent => ({ type: 'block-stop', index })),
    fc.constant<IrEvent>({ type: 'usage', usage: { output: 1 } }),
    fc.constant<IrEvent>({ type: 'finish', reason: 'stop' }),
    fc.constant<IrEvent>({ type: 'end' }),
  ),
  { maxLength: 14 },
);
