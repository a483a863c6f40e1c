import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { contentSecurityPolicy, securityHeaders, sonnerStyleHashes } from "../../../app/http/security-headers";
import { projectDirectory } from "../../../db/environment";

const sha256 = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

test("the hashes of the policy are those of the styles that the installed sonner writes", () => {
  const source = readFileSync(join(projectDirectory, "node_modules/sonner/dist/index.mjs"), "utf8");
  const [, literal] = source.match(/__insertCSS\(("(?:[^"\\]|\\.)*")\)/) ?? [];
  expect(sonnerStyleHashes).toEqual([sha256(""), sha256(JSON.parse(literal as string))]);
});

test("scripts run by nonce alone", () => {
  const policy = contentSecurityPolicy("n0nce", "production");
  const directives = new Map(policy.split("; ").map((text) => [text.split(" ", 1)[0], text]));
  expect(directives.get("script-src")).toBe("script-src 'self' 'nonce-n0nce'");
  expect(directives.get("style-src")).not.toContain("unsafe-inline");
  expect(policy).not.toContain("unsafe-eval");
  for (const closed of ["object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"]) {
    expect(policy).toContain(closed);
  }
});

test("https is promised to browsers only where https is spoken", () => {
  const headersOf = (isSecure: boolean) => securityHeaders({ nonce: "n", mode: "production", isSecure });
  expect(headersOf(true)["Strict-Transport-Security"]).toMatch(/^max-age=31536000/);
  expect(headersOf(false)).not.toHaveProperty("Strict-Transport-Security");
});
