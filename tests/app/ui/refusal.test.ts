import { expect, test } from "vitest";

import { refusalOf } from "../../../app/ui/refusal";
import { readTheme } from "../../../app/ui/theme";

test.each([400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])(
  "a bare %d says what did not happen and what to do",
  (status) => {
    const { title, message } = refusalOf(status, null);
    expect(title).toMatch(/^[A-Z][^.]+$/);
    expect(message).toMatch(/^[A-Z].+\.$/s);
  },
);

test("words that were thrown stand in for those of the house", () => {
  const thrown = { title: "Shift 7 was not changed", message: "Anna changed it.", requestId: "r-1" };
  expect(refusalOf(409, thrown)).toMatchObject(thrown);
});

test.each([undefined, null, "text", 7, { title: 7, message: "" }])(
  "what was thrown without words gets those of the house: %j",
  (thrown) => {
    expect(refusalOf(404, thrown).title).toBe("There is nothing at this address");
  },
);

test("a silent database is tried again, an unknown failure speaks as the house", () => {
  expect(refusalOf(503, null).retryAfterSeconds).toBe(5);
  expect(refusalOf(504, null).title).toBe("This page could not be shown");
  expect(refusalOf(418, null).title).toBe("The request was not understood");
});

test("the theme comes from its own cookie alone", () => {
  expect(readTheme("a=1; theme=dark; b=2")).toBe("dark");
  expect(readTheme("theme=system")).toBe("system");
  expect(readTheme("not-theme=dark")).toBe("system");
  expect(readTheme("theme=dark<script>")).toBe("system");
  expect(readTheme(null)).toBe("system");
});
