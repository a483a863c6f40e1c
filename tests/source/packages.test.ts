import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { packagesAreInstalled } from "../../db/local/packages.mjs";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "console-packages-"));
});
afterEach(() => rmSync(project, { recursive: true }));

const express = { "node_modules/express": { version: "4.22.3" } };
const wanted = { "": {}, ...express, "node_modules/for-windows": { version: "1.0.0", optional: true } };

function writeLock(file: string, packages: Record<string, object>): void {
  mkdirSync(join(project, "node_modules", "express"), { recursive: true });
  writeFileSync(join(project, "node_modules", "express", "package.json"), "{}");
  writeFileSync(join(project, file), JSON.stringify({ packages }));
}

test("packages are installed when npm's own note says what the lock says", () => {
  writeLock("package-lock.json", wanted);
  writeLock("node_modules/.package-lock.json", express);
  expect(packagesAreInstalled(project)).toBe(true);
});

test("a fresh clone has none", () => {
  writeFileSync(join(project, "package-lock.json"), JSON.stringify({ packages: wanted }));
  expect(packagesAreInstalled(project)).toBe(false);
});

test("an installation that was cut off has no note of npm, and counts as none", () => {
  writeLock("package-lock.json", wanted);
  expect(packagesAreInstalled(project)).toBe(false);
});

test.each([
  ["of another version", { "node_modules/express": { version: "4.22.2" } }],
  ["that is missing", {}],
  ["too many", { ...express, "node_modules/left": { version: "1.0.0" } }],
])("a package %s is seen", (_, installed) => {
  writeLock("package-lock.json", wanted);
  writeLock("node_modules/.package-lock.json", installed);
  expect(packagesAreInstalled(project)).toBe(false);
});

test("a package whose folder was removed is seen", () => {
  writeLock("package-lock.json", wanted);
  writeLock("node_modules/.package-lock.json", express);
  rmSync(join(project, "node_modules", "express"), { recursive: true });
  expect(packagesAreInstalled(project)).toBe(false);
});
