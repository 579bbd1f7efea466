// Spoken responses of chat completions.
import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import type { MediaBlock } from '../../model/events.ts';
import { defined, objectOf, stringOf, stringsOf, textOf } from '../../model/json.ts';
import type { Request } from '../../model/request.ts';
import type { EncodeResponseContext, Target } from '../format.ts';
import { isPcm, isWav, pcmType, wavOf } from '../shared/pcm.ts';

/** The service demands one; names of OpenAI's voices are written in lower case. */
const defaultVoice = 'alloy';

/** Which kinds of response a client asks for beside text. */
export function readModalities(body: JsonObject): Pick<Request, 'audioOutput' | 'imageOutput'> {
  const modalities = stringsOf(body.modalities);
  const { voice, format } = objectOf(body.audio);
  const audio = defined({ voice: stringOf(voice) ?? stringOf(objectOf(voice).id), format: textOf(format) || 'wav' });
  return {
    ...(modalities.includes('audio') && { audioOutput: audio }),
    ...(modalities.includes('image') && { imageOutput: true }),
  };
}

export function writeModalities(
  { audioOutput, imageOutput }: Request,
  { stream }: Pick<Target, 'stream'>,
  dropped: DroppedFields,
): JsonObject {
  if (imageOutput) return { modalities: ['image', 'text'] };
  if (audioOutput === undefined) return {};
  const { voice = defaultVoice } = audioOutput;
  const isKnown = /^[a-z]/.test(voice);
  if (!isKnown) dropped.add('warn', 'voice', `${voice} is a voice of another service; ${defaultVoice} speaks`);
  const audio = { voice: isKnown ? voice : defaultVoice, format: stream ? 'pcm16' : 'wav' };
  return { modalities: ['text', 'audio'], audio };
}

/** Sound in a response, or in a piece of it: streams have bare samples. */
export const readAudio = ({ data }: JsonObject): MediaBlock | undefined =>
  typeof data === 'string' && data !== ''
    ? { kind: 'audio', mime: isWav(data) ? 'audio/wav' : pcmType(), data }
    : undefined;

/** `audio` of a whole response. It is not kept: it has expired when it comes. */
export function writeAudio(
  pieces: readonly MediaBlock[],
  { newId, created, request }: EncodeResponseContext,
): JsonObject | undefined {
  const [first] = pieces;
  if (first === undefined) return undefined;
  const sound = Buffer.concat(pieces.map(({ data }) => Buffer.from(data, 'base64')));
  const file = request.audioOutput?.format === 'wav' && isPcm(first.mime) ? wavOf(sound, first.mime) : sound;
  return { id: newId('audio_'), data: file.toString('base64'), expires_at: created, transcript: '' };
}
