// Round values for an axis.

/** Three or four ticks from 0 to at least `top`, on steps of 1, 2, 4 or 5 times a power of ten. */
export function ticksFor(top: number): readonly number[] {
  if (top <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(top / 3));
  const step = [1, 2, 4, 5, 10].map((factor) => factor * power).find((candidate) => candidate * 3 >= top) ?? top;
  const whole = Math.max(step, 1);
  const count = Math.ceil(top / whole);
  return Array.from({ length: count + 1 }, (_, index) => index * whole);
}
