import { expect, test } from "vitest";

import { postgresSettings } from "../../db/local/postgres-settings";

const options = { port: 5499, clusterName: "test", isDurable: true };

test("a library that the server does not have is not preloaded, for it would keep it from starting", () => {
  const preloadable = (names: string[]) => names.filter((name) => name === "auto_explain");
  expect(postgresSettings({ major: 15, preloadable }, options)).toContain(
    "shared_preload_libraries = 'auto_explain'\n",
  );
});

test("a setting of 18 is left to servers of 18", () => {
  const preloadable = (names: string[]) => names;
  expect(postgresSettings({ major: 17, preloadable }, options)).not.toContain("track_cost_delay_timing");
  expect(postgresSettings({ major: 18, preloadable }, options)).toContain("track_cost_delay_timing");
});

test("only tests may lose their rows with the machine", () => {
  const preloadable = () => [];
  expect(postgresSettings({ major: 15, preloadable }, options)).not.toContain("fsync");
  expect(postgresSettings({ major: 15, preloadable }, { ...options, isDurable: false })).toContain("fsync = 'off'");
});
