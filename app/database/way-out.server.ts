import { type Panel, type PanelRow, subjectOf } from "../../db/panel";
import { type ProposedFile, proposeMigration } from "../../db/rules/database/propose-migration";

export type WayOut =
  | { state: "files"; name: string; files: ProposedFile[] }
  | { state: "statement"; name: string; text: string }
  | { state: "gone"; name: string };

/** The way out of the row that the address names, as SQL; gone where no such row is left or it has none. */
export function wayOutOf(panel: Panel, rows: readonly PanelRow[], asked: string | null): WayOut | null {
  if (asked === null || !panel.remedy.statement) return null;
  const row = rows.find((one) => subjectOf(panel, one) === asked);
  const statement = row && panel.remedy.statement(row);
  if (!statement) return { state: "gone", name: asked };
  const files = proposeMigration(statement);
  return files.length > 0
    ? { state: "files", name: asked, files }
    : { state: "statement", name: asked, text: statement.up };
}
