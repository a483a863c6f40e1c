import { expect, test } from "vitest";

import type { Feature } from "../../../db/features/feature";
import { checksums, logicalDecoding, serverVersion, walArchiving } from "../../../db/features/settings";

const state = (feature: Feature, facts: Record<string, unknown>) => feature.judge(facts).state;
const archiving = { mode: "on", command: "cp %p /a/%f", library: "", isFailing: false, archivedCount: 12 };

test("archiving counts only when it is on, has a command, has succeeded and is not failing", () => {
  expect(state(walArchiving, archiving)).toBe("available");
  expect(state(walArchiving, { ...archiving, mode: "off" })).toBe("missing");
  expect(state(walArchiving, { ...archiving, command: "" })).toBe("missing");
  expect(state(walArchiving, { ...archiving, command: "", library: "basic_archive" })).toBe("available");
  expect(state(walArchiving, { ...archiving, isFailing: true })).toBe("limited");
  expect(state(walArchiving, { ...archiving, archivedCount: 0 })).toBe("limited");
});

test("logical replication needs its level and a slot", () => {
  expect(state(logicalDecoding, { level: "logical", slots: 10 })).toBe("available");
  expect(state(logicalDecoding, { level: "replica", slots: 10 })).toBe("missing");
  expect(state(logicalDecoding, { level: "logical", slots: 0 })).toBe("missing");
});

test("PostgreSQL 14 is enough, 13 is not", () => {
  expect(state(serverVersion, { version: "14.0", versionNumber: 140000 })).toBe("available");
  expect(state(serverVersion, { version: "13.23", versionNumber: 130023 })).toBe("missing");
});

test("a database without checksums says so", () => {
  expect(state(checksums, { value: "on" })).toBe("available");
  expect(state(checksums, { value: "off" })).toBe("missing");
});
