import { expect, test } from "vitest";

import { newPassphrase } from "../../../app/auth/new-passphrase.server";
import { judgePassword } from "../../../app/auth/password-rules.server";

const account = { email: "marit.visser@securyflex.nl", fullName: "Marit Visser" };

test.each([
  ["short", "Choose at least 12"],
  ["elevenchars", "Choose at least 12"],
  ["x".repeat(201), "Choose at most 200"],
  ["password1234", "most common"],
  ["Password1234!", "most common"],
  ["1234567890123", "counts through"],
  ["210987654321", "counts through"],
  ["abcdefghijklm", "most common|counts through"],
  ["qwertyuiop123", "most common"],
  ["!!!letmein!!!", "most common"],
  ["passwordpassword", "most common"],
  ["SecuryFlex2026!", "most common"],
  ["securyflexsecuryflex", "most common"],
  ["Beveiliging2026", "most common"],
  ["Welkom12345678", "most common"],
  ["aaaaaaaaaaaaaa", "most common|repeats"],
  ["abababababab", "most common|repeats"],
  ["marit.visser1", "your own name"],
  ["Visser-Marit-1", "your own name"],
])("%s may not be chosen", (password, reason) => {
  expect(judgePassword(password, account)).toMatch(new RegExp(reason));
});

test.each([
  "quiet harbour lantern nine",
  "correct horse battery staple",
  "wachtwoordmanager-kiest-dit",
  "ÄÖÜ zwölf Zeichen",
  "🔒🔑🚪🪟🧱🏠🛋️🛏️🚿🪞🧸🖼️",
  "Marit walks nine dogs at dawn",
  "   a b   x y 12 ?   ",
])("%s may be chosen, whatever kinds of characters it has", (password) => {
  expect(judgePassword(password, account)).toBeUndefined();
});

test("a passphrase that the console makes may be chosen and is never made twice", () => {
  const made = Array.from({ length: 500 }, newPassphrase);
  expect(new Set(made).size).toBe(500);
  expect(made.filter((passphrase) => judgePassword(passphrase, account))).toEqual([]);
});
