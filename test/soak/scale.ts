// How much of the long tests to run: all of it with `npm run soak`, a twentieth in an ordinary test run.

export const scale = process.env.SOAK ? 1 : 0.05;
