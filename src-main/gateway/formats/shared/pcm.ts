// Sound without compression: the bare samples that Gemini gives, and OpenAI in streams, and the same in a WAV file.

const rateDefault = 24_000;
const headerBytes = 44;
const bytesPerSample = 2;

/** How Gemini names 16-bit samples of one channel. */
export const pcmType = (rate = rateDefault): string => `audio/L16;codec=pcm;rate=${rate}`;

export const isPcm = (mime: string): boolean => /^audio\/(l16|pcm)\b/i.test(mime);

/** Base64 that begins like a WAV file. */
export const isWav = (data: string): boolean => data.startsWith('UklGR');

const rateOf = (mime: string): number => Number(/\brate=(\d{1,6})\b/.exec(mime)?.[1] ?? rateDefault);

/** Samples as a WAV file. */
export function wavOf(samples: Buffer, mime: string): Buffer {
  const rate = rateOf(mime);
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0);
  header.writeUInt32LE(headerBytes - 8 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(bytesPerSample * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** The samples of a WAV file; undefined for other files, and for samples of other kinds. */
export function samplesOf(wav: Buffer): { readonly samples: Buffer; readonly mime: string } | undefined {
  let rate: number | undefined;
  for (let at = 12; at + 8 <= wav.length; ) {
    const name = wav.toString('latin1', at, at + 4);
    // Files that are written while they are made say a length that is larger than the rest.
    const size = Math.min(wav.readUInt32LE(at + 4), wav.length - at - 8);
    const start = at + 8;
    if (name === 'fmt ' && size >= 16) {
      const isPlain = wav.readUInt16LE(start) === 1 && wav.readUInt16LE(start + 2) === 1;
      if (!isPlain || wav.readUInt16LE(start + 14) !== bytesPerSample * 8) return undefined;
      rate = wav.readUInt32LE(start + 4);
    } else if (name === 'data' && rate !== undefined)
      return { samples: wav.subarray(start, start + size), mime: pcmType(rate) };
    at = start + size + (size % 2);
  }
  return undefined;
}
