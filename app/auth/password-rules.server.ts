import { dictionary } from "@zxcvbn-ts/language-common";

import { passwordLength } from "./password-length";

const contextWords = [
  "securyflex",
  "security",
  "beveiliging",
  "opsconsole",
  "console",
  "welkom",
  "wachtwoord",
  "geheim",
];
const common = new Set([...(dictionary["passwords-common"] as string[]), ...contextWords]);

/**
 * Why a password may not be chosen, as a sentence; undefined where it may. Refused are the 49,000 most common ones and
 * the words of this house, also repeated or with digits and signs around them, and names of the account.
 */
export function judgePassword(password: string, account: { email: string; fullName: string }): string | undefined {
  const characters = [...password].length;
  if (characters < passwordLength.least) return `Choose at least ${passwordLength.least} characters.`;
  if (characters > passwordLength.most) return `Choose at most ${passwordLength.most} characters.`;
  const folded = password.normalize("NFKC").toLowerCase();
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  if ([folded, core, shortestUnit(folded), shortestUnit(core)].some((text) => common.has(text))) {
    return "This is one of the most common passwords, or built on one. Choose another; four random words do well.";
  }
  if (new Set(folded).size < 5 || isRun(folded)) {
    return "This repeats or counts through a few characters. Choose another; four random words do well.";
  }
  const names = [account.email.split("@")[0] ?? "", ...account.fullName.split(/\s+/)].map((name) => name.toLowerCase());
  const rest = names.filter((name) => name.length > 2).reduce((text, name) => text.replaceAll(name, ""), folded);
  if (rest !== folded && [...rest].length < 8) return "This is little more than your own name. Choose another.";
  return undefined;
}

/** `abc` of `abcabcabc`; the text itself where it does not repeat. */
function shortestUnit(text: string): string {
  const start = (text + text).indexOf(text, 1);
  return start > 0 ? text.slice(0, start) : text;
}

/** `1234567890123`, `abcdefghijkl` and their like, in either direction. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] as number));
  return [1, -1].some((step) => steps.every((found) => found === step || found === step * -9));
}
