import type { PanelReading } from "../../../db/database/read-panel";
import { judgeRow, type Panel, subjectOf } from "../../../db/panel";

const heard = new Map<Panel, string[]>();

/** Called for each answer that a stage gets to the console's own login. */
export function hearAnswer(panel: Panel, reading: PanelReading): void {
  heard.get(panel)?.push(reading.state === "read" ? JSON.stringify(tellOf(panel, reading.rows)) : reading.sentence);
}

/** What rows say but for how long it lasts, which changes by itself. */
function tellOf(panel: Panel, rows: Extract<PanelReading, { state: "read" }>["rows"]): unknown {
  const lasting = Object.keys(panel.columns).filter(
    (name) => !["seconds", "milliseconds", "instant"].includes(panel.columns[name]?.unit ?? ""),
  );
  return rows.map((row) => [subjectOf(panel, row), judgeRow(panel, row), ...lasting.map((name) => row[name])]);
}

/**
 * The body of the test that tells a panel's story: before, while something is so, and after. Throws where the answer
 * did not change twice, so that nothing is shown to come or nothing to go.
 */
export function storyOf<Told extends unknown[]>(
  panel: Panel,
  tell: (...told: Told) => Promise<void>,
): (...told: Told) => Promise<void> {
  return async (...told) => {
    const answers: string[] = [];
    heard.set(panel, answers);
    await tell(...told);
    heard.delete(panel);
    const changes = answers.filter((answer, n) => n > 0 && answer !== answers[n - 1]).length;
    if (changes >= 2) return;
    throw new Error(
      `The story of ${panel.id} asked ${answers.length} times and heard ${changes} changes: one comes, one goes.`,
    );
  };
}

/** Ids of the panels whose story a test file tells: those that it imports and hands to storyOf. */
export function listStories(text: string): string[] {
  const imports = [...text.matchAll(/import \{ (\w+) \} from "[./]+\/db\/panels\/([\w-]+)"/g)];
  return imports.filter(([, name]) => new RegExp(`\\bstoryOf\\(\\s*${name},`).test(text)).map(([, , id]) => String(id));
}
