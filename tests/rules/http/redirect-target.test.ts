import fc from "fast-check";
import { expect, test } from "vitest";

import { safeRedirectTarget } from "../../../app/http/redirect-target";

test.each([
  ["/", "/"],
  ["/shifts?status=active&sort=-at#row-4", "/shifts?status=active&sort=-at#row-4"],
  ["/shifts/42", "/shifts/42"],
  ["/shifts?next=https://evil.example", "/shifts?next=https://evil.example"],
  ["/a%20b", "/a%20b"],
  ["/a/../shifts", "/shifts"],
])("%s stays in the console", (text, target) => {
  expect(safeRedirectTarget(text)).toBe(target);
});

test.each([
  "",
  null,
  undefined,
  "shifts",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/%5cevil.example",
  "/%5Cevil.example",
  "/%2fevil.example",
  "/%2F%2Fevil.example",
  "%2f%2fevil.example",
  "/\tevil.example",
  "/\t/evil.example",
  "\t//evil.example",
  "/\n/evil.example",
  "/\r\nSet-Cookie: session=x",
  "/%0d%0aSet-Cookie: session=x",
  "/%09/evil.example",
  "/\u0000",
  "/%00",
  " /shifts",
  "/ /evil.example",
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "data:text/html,x",
  "https://evil.example/",
  "http:evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/x/..//evil.example",
  "/@evil.example\\",
  "/ü",
  `/${"a".repeat(2_000)}`,
])("%j leads nowhere", (text) => {
  expect(safeRedirectTarget(text)).toBeUndefined();
});

const piece = fc.oneof(
  fc.constantFrom(
    "/",
    "\\",
    "//",
    "%2f",
    "%5c",
    "..",
    ".",
    "@",
    ":",
    "?",
    "#",
    "\t",
    "\n",
    "evil.example",
    "javascript:",
  ),
  fc.string({ maxLength: 4 }),
);

test("whatever is accepted, a browser stays on the origin with it", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const target = safeRedirectTarget(pieces.join(""));
      if (target === undefined) return true;
      const url = new URL(target, "https://ops.example");
      return url.origin === "https://ops.example" && target.startsWith("/") && safeRedirectTarget(target) === target;
    }),
    { numRuns: 20_000 },
  );
});
