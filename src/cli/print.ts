/** One line of a command's answer. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** An answer for a program. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Something beside the answer, for a person: a program that reads the answer does not see it. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}
