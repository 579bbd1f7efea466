// Round values for an axis.

/** Three or four ticks from 0 to at least `top`, on steps of 1, 2, 4 or 5 times a power of ten, none below `minStep`. */
export function ticksFor(top: number, minStep = 1): readonly number[] {
  if (top <= 0) return [0, minStep];
  const power = 10 ** Math.floor(Math.log10(top / 3));
  const step = [1, 2, 4, 5, 10].map((factor) => factor * power).find((candidate) => candidate * 3 >= top) ?? top;
  const wide = Math.max(step, minStep);
  // Sums of decimal fractions are not exact: a top of three steps must not make a fourth.
  const count = Math.max(1, Math.ceil(top / wide - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * wide).toPrecision(12)));
}
