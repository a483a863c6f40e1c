import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks at the terminal without showing what is typed. Resolves to undefined where the input ends first. */
export async function askHidden(question: string): Promise<string | undefined> {
  process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silence, terminal: process.stdin.isTTY });
  const answer = await new Promise<string | undefined>((resolve) => {
    terminal.once("line", resolve);
    terminal.once("close", () => resolve(undefined));
  });
  terminal.close();
  process.stderr.write("\n");
  return answer;
}
