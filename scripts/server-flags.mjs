/**
 * How Node runs the headless server. V8 would let the youngest objects take 128 MB; more than 16 gain nothing here
 * (`npm run bench -- gateway`: as many requests a second, and 1,000 streams in 170 MB rather than 260).
 */
export const serverFlags = ['--max-semi-space-size=8'];
