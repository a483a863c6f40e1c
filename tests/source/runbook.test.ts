import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { formatMeasured } from "../../app/database/format-cell";
import { parseRunbook } from "../../app/database/runbook.server";
import { projectDirectory } from "../../db/environment";
import { operations } from "../../db/operations/index";
import { actOf } from "../../db/panel";
import { panels } from "../../db/panels";

const sections = parseRunbook(readFileSync(join(projectDirectory, "docs/runbook.md"), "utf8"));
const labels = {
  panel: ["Means", "Real when", "Do", "Do not", "Operation"],
  operation: ["Does", "When", "Watch", "Do not", "Back"],
};
const textOf = (id: string, label: string) =>
  sections.find((section) => section.id === id)?.lines.find((line) => line.label === label)?.text ?? "";

test("every panel and every operation has its section, and no section is of another", () => {
  const wanted = [
    ...panels.map(({ id }) => ({ kind: "panel" as const, id })),
    ...operations.map(({ id }) => ({ kind: "operation" as const, id })),
  ];
  const has = (list: typeof wanted, { kind, id }: (typeof wanted)[number]) =>
    list.some((one) => one.kind === kind && one.id === id);
  const wrong = [
    ...wanted
      .filter((one) => !has(sections, one))
      .map(
        ({ kind, id }) => `docs/runbook.md lacks "### ${id}" under ${kind}s, with the lines ${labels[kind].join(", ")}`,
      ),
    ...sections
      .filter((one) => !has(wanted, one))
      .map(({ kind, id }) => `docs/runbook.md has ${id}, which is no ${kind}`),
  ];
  expect(wrong).toEqual([]);
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
});

test("each section answers the questions of its kind, in their order and in whole sentences", () => {
  for (const { id, kind, lines } of sections) {
    expect(
      lines.map(({ label }) => label),
      id,
    ).toEqual(labels[kind]);
    for (const { text } of lines) expect(text, id).toMatch(/^.{10,}\.$/);
  }
});

test("an id in backticks is that of a section", () => {
  const ids = sections.map(({ id }) => id);
  const texts = sections.flatMap(({ lines }) => lines.map(({ text }) => text));
  const named = texts.flatMap((text) => text.split("`").filter((_, position) => position % 2 === 1));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

test("a panel's section names the operations to which its rows lead", () => {
  for (const panel of panels) {
    const rows = ["a", null].map((cell) =>
      Object.fromEntries(
        Object.entries(panel.columns).map(([name, { unit }]) => [name, unit === "boolean" ? cell : "a"]),
      ),
    );
    const led = rows.flatMap((row) => actOf(panel, row)?.operation ?? []);
    for (const operation of led) expect(textOf(panel.id, "Operation"), panel.id).toContain(`\`${operation}\``);
    if (led.length === 0) continue;
    expect(textOf(panel.id, "Operation"), panel.id).not.toMatch(/^none/);
  }
});

test("a limit stands in its panel alone", () => {
  for (const { id, threshold, columns } of panels) {
    if (!threshold) continue;
    const unit = columns[threshold.column]?.unit ?? "count";
    const limits = [threshold.warning, threshold.critical].filter((limit) => limit !== null && limit > 10);
    const text = sections
      .find((section) => section.id === id)
      ?.lines.map((line) => line.text)
      .join(" ");
    for (const limit of limits) expect(text).not.toContain(formatMeasured(limit as number, unit));
  }
});
