// Sound between chat completions and Gemini, which are the formats that have it.
import { describe, expect, test } from 'vitest';
import { RequestError } from '../../../src-main/gateway/model/errors/request-error.ts';
import { objectOf, objectsOf } from '../../../src-main/gateway/model/json.ts';
import { framesOf, side, translation } from '../support/translations.ts';

const samples = Buffer.from(Array.from({ length: 40 }, (_, at) => at));
const pcm = samples.toString('base64');
const mimeType = 'audio/L16;codec=pcm;rate=24000';

const speak = (format: string, voice = 'alloy', stream = false) => ({
  model: 'm',
  stream,
  messages: [{ role: 'user', content: 'Say hi.' }],
  modalities: ['text', 'audio'],
  audio: { voice, format },
});
const geminiSpeak = (voiceName?: string) => ({
  contents: [{ role: 'user', parts: [{ text: 'Say hi.' }] }],
  generationConfig: {
    responseModalities: ['AUDIO'],
    ...(voiceName ? { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } } } : {}),
  },
});
const candidate = (...parts: readonly object[]) => ({
  candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
});
const sound = (bytes: Buffer) => ({ inlineData: { mimeType, data: bytes.toString('base64') } });

describe('a chat client of Gemini', () => {
  test('the voice of another service is not asked for, and the client is told', () => {
    const { body, dropped } = translation(side('chat', 'gemini'), speak('wav'));
    expect(body).toMatchObject({ generationConfig: { responseModalities: ['AUDIO'] } });
    expect(JSON.stringify(body)).not.toContain('alloy');
    expect(dropped).toMatchObject([{ path: 'voice', severity: 'warn' }]);
    expect(translation(side('chat', 'gemini'), speak('wav', 'Kore')).body).toMatchObject({
      generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } } },
    });
  });

  test('it hears a WAV file of the samples', () => {
    const { reader, fold } = translation(side('chat', 'gemini'), speak('wav'));
    const halves = [sound(samples.subarray(0, 20)), sound(samples.subarray(20))];
    const [choice] = objectsOf(objectOf(fold(reader.whole(candidate(...halves)))).choices);
    const { audio, content } = objectOf(choice?.message);
    const file = Buffer.from(String(objectOf(audio).data), 'base64');
    expect(content).toBeNull();
    expect(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect([file.readUInt32LE(4), file.readUInt32LE(24), file.readUInt32LE(40)]).toEqual([36 + 40, 24_000, 40]);
    expect(file.subarray(44)).toEqual(samples);
  });

  test('a stream brings the samples as they come, under one id', () => {
    const { reader, writer } = translation(side('chat', 'gemini'), speak('pcm16', 'Kore', true));
    const events = [
      ...reader.push({ data: JSON.stringify({ candidates: [{ content: { parts: [sound(samples)] } }] }) }),
      ...reader.push({ data: JSON.stringify(candidate(sound(samples))) }),
      ...reader.end(),
    ];
    const deltas = framesOf(events.map((event) => writer.encode(event)).join(''))
      .filter(({ data }) => data !== '[DONE]')
      .flatMap(({ data }) => objectsOf(objectOf(JSON.parse(data)).choices).map(({ delta }) => objectOf(delta).audio));
    const heard = deltas.filter((audio) => audio !== undefined);
    expect(heard).toEqual([{ id: objectOf(heard[0]).id, data: pcm }, heard[0]]);
  });

  test.each([
    ['mp3', false],
    ['wav', true],
  ])('%s is refused where it cannot be had (stream: %s)', (format, stream) => {
    expect(() => translation(side('chat', 'gemini'), speak(format, 'Kore', stream))).toThrow(RequestError);
  });
});

describe('a Gemini client of a chat service', () => {
  test('it is asked for a file, or for samples in a stream, by a voice that it has', () => {
    const ask = (voice: string | undefined, stream: boolean) =>
      translation(side('gemini', 'chat'), geminiSpeak(voice), { stream });
    expect(ask('Kore', false)).toMatchObject({
      body: { modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'wav' } },
      dropped: [{ path: 'voice', severity: 'warn' }],
    });
    expect(ask('echo', true)).toMatchObject({ body: { audio: { voice: 'echo', format: 'pcm16' } }, dropped: [] });
  });

  test('it hears the samples of the file, and reads what is said', () => {
    const file = translation(side('chat', 'gemini'), speak('wav'));
    const [choice] = objectsOf(objectOf(file.fold(file.reader.whole(candidate(sound(samples))))).choices);
    const audio = { ...objectOf(objectOf(choice?.message).audio), transcript: 'Hi.' };
    const { reader, fold } = translation(side('gemini', 'chat'), geminiSpeak());
    const message = { role: 'assistant', content: null, audio };
    const events = reader.whole({ id: 'c', choices: [{ index: 0, finish_reason: 'stop', message }] });
    expect(fold(events)).toMatchObject(candidate(sound(samples), { text: 'Hi.' }));
  });

  test('samples of a stream come as they are', () => {
    const { reader, fold } = translation(side('gemini', 'chat'), geminiSpeak(), { stream: true });
    const chunk = { id: 'c', choices: [{ index: 0, delta: { audio: { id: 'a', data: pcm } }, finish_reason: 'stop' }] };
    const events = [...reader.push({ data: JSON.stringify(chunk) }), ...reader.end()];
    expect(fold(events)).toMatchObject(candidate(sound(samples)));
  });
});

test.each([
  ['chat', 'responses'],
  ['chat', 'messages'],
  ['gemini', 'responses'],
  ['gemini', 'messages'],
] as const)('a %s client is refused sound by %s, which has none', (client, upstream) => {
  const ask = client === 'chat' ? speak('wav') : geminiSpeak();
  expect(() => translation(side(client, upstream), ask)).toThrow(/modalities/);
});

test('images are asked for where the upstream can draw', () => {
  const chat = { model: 'm', messages: [{ role: 'user', content: 'Draw.' }], modalities: ['image', 'text'] };
  const gemini = { ...geminiSpeak(), generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } };
  expect(translation(side('chat', 'gemini'), chat).body).toMatchObject({
    generationConfig: { responseModalities: ['TEXT', 'IMAGE'] },
  });
  expect(translation(side('gemini', 'chat'), gemini).body).toMatchObject({ modalities: ['image', 'text'] });
  expect(translation(side('chat', 'messages'), chat).dropped).toMatchObject([{ path: 'modalities', severity: 'warn' }]);
});
