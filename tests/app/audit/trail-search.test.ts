import { expect, test } from "vitest";

import { complainOf, readTrailSearch, searchWith } from "../../../app/audit/trail-search";

const read = (query: string) => readTrailSearch(new URLSearchParams(query));

test("the URL holds filters, page and event", () => {
  expect(read("action=session.open&person=a@b.nl&outcome=refused&text=%20vca%20&before=90&event=7")).toEqual({
    filter: { action: "session.open", person: "a@b.nl", outcome: "refused", text: "vca" },
    beforeId: 90,
    eventId: 7,
  });
});

test("what the URL cannot mean is left out, an event that cannot be is none", () => {
  expect(read("outcome=maybe&text=&before=-1&event=7e3")).toEqual({
    filter: { action: undefined, person: undefined, outcome: undefined, text: undefined },
    beforeId: undefined,
    eventId: null,
  });
  expect(read("text=a%00b").filter.text).toBe("ab");
  expect(read(`text=${"x".repeat(5000)}`).filter.text).toHaveLength(200);
  expect(read("event=99999999999999999999").eventId).toBeNull();
});

test("days are those of the console's zone, the last included; a file is not written for what cannot be meant", () => {
  expect(read("from=2026-03-29&until=2026-10-25").filter).toMatchObject({
    since: new Date("2026-03-28T23:00:00Z"),
    before: new Date("2026-10-25T23:00:00Z"),
  });
  expect(read("from=2026-02-30").filter.since).toBeUndefined();
  const complain = (query: string) => complainOf(new URLSearchParams(query));
  expect(complain("from=2026-02-30")).toMatch(/parameter from/);
  expect(complain("outcome=maybe")).toMatch(/parameter outcome/);
  expect(complain("from=2026-02-02&until=2026-02-01")).toMatch(/after until/);
  expect(complain("from=2026-02-01&until=2026-02-01&outcome=&text=%20")).toBeUndefined();
});

test("a change keeps the rest of the query", () => {
  expect(searchWith(new URLSearchParams("text=a&event=1"), { event: 2 })).toBe("?text=a&event=2");
  expect(searchWith(new URLSearchParams("event=1"), { event: null })).toBe("");
});
