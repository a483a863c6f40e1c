import { expect, test } from "vitest";

import { allowedHost } from "../../../app/http/allowed-hosts";
import { isFromOwnPage } from "../../../app/http/same-origin";
import { readServerSettings } from "../../../app/http/server-settings.server";

const own = ["https://ops.example.nl", "http://localhost:3000"];

test.each([
  ["our own page", "https://ops.example.nl", "same-origin", true],
  ["an old browser without Sec-Fetch-Site", "https://ops.example.nl", undefined, true],
  ["another port", "http://localhost:3001", "same-origin", false],
  ["another scheme", "http://ops.example.nl", "same-origin", false],
  ["a longer name", "https://ops.example.nl.evil.example", undefined, false],
  ["a subdomain", "https://x.ops.example.nl", "same-site", false],
  ["a foreign page", "https://evil.example", "cross-site", false],
  ["a sandboxed page", "null", "cross-site", false],
  ["no origin at all", undefined, undefined, false],
  ["no origin, claimed same origin", undefined, "same-origin", false],
  ["an empty origin", "", undefined, false],
  ["a malformed origin", "http://[", undefined, false],
  ["our origin with a path", "https://ops.example.nl/", "same-origin", false],
  ["our origin from another site", "https://ops.example.nl", "cross-site", false],
  ["our origin from a sibling", "https://ops.example.nl", "same-site", false],
])("a form from %s", (_, origin, fetchSite, isOwn) => {
  expect(isFromOwnPage({ origin, fetchSite }, own)).toBe(isOwn);
});

test.each([
  ["localhost:3000", "localhost:3000"],
  ["LOCALHOST", "localhost"],
  ["127.0.0.1:80", "127.0.0.1:80"],
  ["[::1]:3000", "[::1]:3000"],
  ["ops.example.nl", "ops.example.nl"],
  ["ops.example.nl:8443", undefined],
  ["evil.example", undefined],
  ["localhost.evil.example", undefined],
  ["localhost:3000@evil.example", undefined],
  ["localhost:99999", undefined],
  ["localhost:", undefined],
  ["", undefined],
  [undefined, undefined],
])("the console answers to the host %s as %s", (text, host) => {
  expect(allowedHost(text, new URL("https://ops.example.nl"))).toBe(host);
});

test("settings that cannot be meant stop the start with a sentence", () => {
  expect(() => readServerSettings({ CONSOLE_ORIGIN: "ops.example.nl" })).toThrow(/CONSOLE_ORIGIN is not an origin/);
  expect(() => readServerSettings({ CONSOLE_ORIGIN: "https://ops.example.nl/x" })).toThrow(/without a path/);
  expect(() => readServerSettings({ TRUSTED_PROXIES: "10.0.0.0/8,everyone" })).toThrow(/"everyone"/);
  expect(() => readServerSettings({ TRUSTED_PROXIES: "10.0.0.0/33" })).toThrow(/TRUSTED_PROXIES/);
  expect(readServerSettings({ TRUSTED_PROXIES: "loopback, 10.0.0.0/8,fd00::/8" }).trustedProxies).toEqual([
    "loopback",
    "10.0.0.0/8",
    "fd00::/8",
  ]);
  expect(readServerSettings({})).toEqual({ origin: undefined, trustedProxies: [] });
});
