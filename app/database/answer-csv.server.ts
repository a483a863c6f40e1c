import type { PlainAnswer, SignedInAnswer } from "../http/plain-answers.server";
import { recordExport } from "../http/record-export.server";
import { type Refusal, refuse } from "../http/refusal.server";
import { sendCsv } from "../http/send-csv.server";
import { openHistory, openPanel, openStatements } from "./open-csv.server";

/** A file that may be sent: what it is called, its text, and what goes on record of it. */
export type OpenedFile = {
  name: string;
  tell: (onRows: (rowCount: number) => void) => AsyncIterable<string>;
  told: Record<string, unknown>;
};

type Asked = { panelId: string | undefined; search: URLSearchParams; asOf: Date };
export type OpenFile = (asked: Asked) => Promise<OpenedFile | Refusal>;

/** The lists of the room as CSV. An address that cannot be meant whole is refused; what was sent is on record. */
export const databaseCsv: readonly PlainAnswer[] = [
  { path: "/database/statements.csv", permission: "database.read", answer: answerBy(openStatements) },
  { path: "/database/:panelId/history.csv", permission: "database.read", answer: answerBy(openHistory) },
  { path: "/database/:panelId.csv", permission: "database.read", answer: answerBy(openPanel) },
];

function answerBy(openFile: OpenFile): SignedInAnswer["answer"] {
  return async (req, res, signedIn) => {
    const asOf = new Date();
    const search = new URL(req.originalUrl, "http://console.invalid").searchParams;
    const opened = await openFile({ panelId: req.params.panelId, search, asOf });
    if ("status" in opened) return refuse(req, res, opened);
    const { name, tell, told } = opened;
    const record = recordExport(res, signedIn, { action: "database.export", target: name, told });
    await sendCsv(req, res, signedIn, { name, asOf, open: async () => ({ tell, record }) });
  };
}
