// A ring that runs out clockwise, in steps of its owner's clock; without a share it waits.

const radius = 4.25;
const around = 2 * Math.PI * radius;

interface RingProps {
  /** The share that is left, from 0 to 1; undefined: it turns until something happens. */
  readonly left?: number;
  /** `quiet` for what only passes, such as a toast. */
  readonly quiet?: boolean;
}

export const Ring = ({ left, quiet = false }: RingProps) => (
  <svg
    aria-hidden="true"
    width={12}
    height={12}
    viewBox="0 0 12 12"
    className={`${quiet ? 't-off' : 't-busy'} ${left === undefined ? 'ring-waiting' : ''}`}
  >
    <circle cx="6" cy="6" r={radius} fill="none" stroke="var(--cp-bg-active)" strokeWidth="2" />
    <circle
      cx="6"
      cy="6"
      r={radius}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray={`${around * (left ?? 0.7)} ${around}`}
      // What has gone is missing clockwise from the top.
      transform={left === undefined ? undefined : `rotate(${270 - left * 360} 6 6)`}
    />
  </svg>
);
