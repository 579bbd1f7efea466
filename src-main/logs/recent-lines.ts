// The last lines of the log, in memory: they can be read without a file.

const maxLines = 5_000;
const maxCharacters = 2_000_000;

export class RecentLines {
  #lines: string[] = [];
  /** Lines before it are gone; they are cut off many at a time. */
  #first = 0;
  #characters = 0;

  add(text: string): void {
    if (text.includes('\n')) for (const line of text.split('\n')) this.#push(line);
    else this.#push(text);
    while (this.#lines.length - this.#first > maxLines || this.#characters > maxCharacters) {
      this.#characters -= this.#lines[this.#first]?.length ?? 0;
      // Its place goes later, its text at once.
      this.#lines[this.#first] = '';
      this.#first += 1;
    }
    if (this.#first > maxLines) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }

  #push(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
  }

  /** Oldest first. */
  get all(): readonly string[] {
    return this.#lines.slice(this.#first);
  }
}
