import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { projectDirectory } from "../../../db/environment";

const css = readFileSync(join(projectDirectory, "app/tailwind.css"), "utf8");
const both = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)];
const colours = {
  light: new Map(both.map(([, name, light]) => [name as string, light as string])),
  dark: new Map(both.map(([, name, , dark]) => [name as string, dark as string])),
};

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "accent-soft"];
const texts = ["ink", "muted", "faint", "accent", "critical", "warning", "ok", "notice"];
const onTheirOwn = ["critical", "warning", "ok", "notice"].map((name) => [name, `${name}-soft`] as const);
const onFills = ["accent-fill", "accent-fill-hover", "critical-fill", "critical-fill-hover"].map(
  (fill) => ["on-accent", fill] as const,
);

test.each(["light", "dark"] as const)("in %s every text stands out from its ground by 4.5", (theme) => {
  const pairs = [
    ...grounds.flatMap((ground) => texts.map((text) => [text, ground] as const)),
    ...onTheirOwn,
    ...onFills,
  ];
  const weak = pairs.filter(([text, ground]) => {
    return contrast(colours[theme].get(text) as string, colours[theme].get(ground) as string) < 4.5;
  });
  expect(pairs.length).toBe(56);
  expect(weak).toEqual([]);
});

test.each(["light", "dark"] as const)("in %s the edge of a field and the grey of a mark stand out by 3", (theme) => {
  const weak = ["control", "mark-grey"].flatMap((name) =>
    ["canvas", "surface", "raised", "sunken"]
      .filter((ground) => contrast(colours[theme].get(name) as string, colours[theme].get(ground) as string) < 3)
      .map((ground) => `${name} on ${ground}`),
  );
  expect(weak).toEqual([]);
});

test("a pair that is too weak is measured as such", () => {
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
