// Spoken responses and images of Gemini.
import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import type { MediaBlock } from '../../model/events.ts';
import { defined, objectOf, stringOf, stringsOf } from '../../model/json.ts';
import type { Request } from '../../model/request.ts';
import type { Target } from '../format.ts';
import { isWav, samplesOf } from '../shared/pcm.ts';
import { field } from './spelling.ts';

export function readModalities(config: JsonObject): Pick<Request, 'audioOutput' | 'imageOutput'> {
  const modalities = stringsOf(field(config, 'responseModalities')).map((word) => word.toUpperCase());
  const voiceConfig = objectOf(field(objectOf(field(config, 'speechConfig')), 'voiceConfig'));
  const voice = stringOf(field(objectOf(field(voiceConfig, 'prebuiltVoiceConfig')), 'voiceName'));
  return {
    ...(modalities.includes('AUDIO') && { audioOutput: defined({ voice, format: 'pcm16' }) }),
    ...(modalities.includes('IMAGE') && { imageOutput: true }),
  };
}

/** The service gives bare samples; from them a WAV file can be made, when all of them are there. */
export function writeModalities(
  { audioOutput, imageOutput }: Request,
  { stream }: Pick<Target, 'stream'>,
  dropped: DroppedFields,
): JsonObject {
  if (imageOutput) return { responseModalities: ['TEXT', 'IMAGE'] };
  if (audioOutput === undefined) return {};
  const { voice, format } = audioOutput;
  const formats = stream ? ['pcm16'] : ['pcm16', 'wav'];
  if (!formats.includes(format))
    dropped.add('fatal', 'audio.format', `this model speaks ${formats.join(' or ')} only, not ${format}`);
  const isKnown = voice !== undefined && /^[A-Z]/.test(voice);
  if (voice !== undefined && !isKnown)
    dropped.add('warn', 'voice', `${voice} is a voice of another service; the model speaks with its own`);
  return defined({
    responseModalities: ['AUDIO'],
    speechConfig: isKnown ? { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } } : undefined,
  });
}

/** Sound and images stand in parts of one kind. Sound is bare samples, as the service itself gives it. */
export function writeMedia({ mime, data }: MediaBlock): JsonObject {
  const found = isWav(data) ? samplesOf(Buffer.from(data, 'base64')) : undefined;
  if (found === undefined) return { inlineData: { mimeType: mime, data } };
  return { inlineData: { mimeType: found.mime, data: found.samples.toString('base64') } };
}
