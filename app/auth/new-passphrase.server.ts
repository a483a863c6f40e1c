import { randomInt } from "node:crypto";

/** Without 0, 1, i, l, o, which are mistaken for one another. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Five groups of five random characters: 123 bits, readable aloud. */
export function newPassphrase(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: 5 }, group).join("-");
}
