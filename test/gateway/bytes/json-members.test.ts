// Editing JSON in place: the value changes, nothing else does.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkedBuffer } from '../../../src-main/gateway/bytes/chunked-buffer.ts';
import { membersOf, readValue, withMembers } from '../../../src-main/gateway/bytes/json-members.ts';

/** The text in pieces, cut at every one of these places that it has. */
function destroy(text: string, places: readonly number[]): ChunkedBuffer {
  const bytes = Buffer.from(text);
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other), bytes.length];
  return new ChunkedBuffer(at.slice(1).map((end, index) => bytes.subarray(at[index], end)));
}

const places = fc.array(fc.nat(), { maxLength: 12 });

const edit = (text: string, values: Record<string, string | undefined>, at: readonly number[] = []) => {
  const json = destroy(text, at);
  return Buffer.concat(withMembers(json, membersOf(json) ?? [], values)).toString();
};

const spacing = fc.constantFrom(undefined, 1, '\t');

test('members are found where JSON.parse finds them, whatever they hold and wherever the bytes are cut', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), spacing, places, (object, space, at) => {
      const json = destroy(JSON.stringify(object, null, space), at);
      const again: unknown = JSON.parse(json.text());
      const members = membersOf(json)!;
      const read = Object.fromEntries(members.map(({ name }) => [name, readValue(json, members, name)]));
      expect(Object.entries(read)).toEqual(Object.entries(again as object));
    }),
  );
});

test('a changed, added or removed member leaves the others as they were', () => {
  const name = fc.constantFrom('model', 'stream', 'a"b', 'ü');
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(name, fc.string()), fc.jsonValue()),
      name,
      fc.option(fc.jsonValue(), { nil: undefined }),
      spacing,
      places,
      (object, key, value, space, at) => {
        const json = JSON.stringify(object, null, space);
        const edited = JSON.parse(edit(json, { [key]: value === undefined ? undefined : JSON.stringify(value) }, at));
        const wanted: Record<string, unknown> = JSON.parse(json);
        if (value === undefined) delete wanted[key];
        else wanted[key] = JSON.parse(JSON.stringify(value));
        expect(edited).toEqual(wanted);
      },
    ),
  );
});

test('what is cut short or followed by something is no object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (object, end) => {
      const json = Buffer.from(JSON.stringify(object));
      expect(membersOf(new ChunkedBuffer([json.subarray(0, end % json.length)]))).toBeUndefined();
      expect(membersOf(new ChunkedBuffer([json, Buffer.from('}')]))).toBeUndefined();
    }),
  );
});

test('big numbers, odd spaces and escapes keep their bytes', () => {
  const json = '{ "seed" : 9007199254740993,\n"model":"m" , "text":"\\u00fc\\/" ,"e":1.0e+2 }';
  expect(edit(json, { model: '"up"' })).toBe(json.replace('"m"', '"up"'));
});

test('a name written with escapes, or twice, is changed everywhere', () => {
  expect(edit('{"mod\\u0065l":1,"model":2}', { model: '3' })).toBe('{"mod\\u0065l":3,"model":3}');
});

test.each(['{"a":}', '{"a" 1}', '{a:1}', '{"a":1,}', '[1]', '"a"', '', '{"a":[}]}', '{"a":tru}'])(
  '%s is no object',
  (text) => {
    expect(membersOf(new ChunkedBuffer([Buffer.from(text)]))).toBeUndefined();
  },
);
