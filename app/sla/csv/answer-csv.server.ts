import { consoleDatabase } from "../../../db/connections";
import type { PlainAnswer, SignedInAnswer } from "../../http/plain-answers.server";
import { recordExport } from "../../http/record-export.server";
import { refuse } from "../../http/refusal.server";
import { sendCsv } from "../../http/send-csv.server";
import { describeSlaFilter } from "../describe-filter";
import { readSlaAddress, type SlaAddress } from "../sla-question";
import { readShiftsQuestion } from "./shifts-address";
import { type NumberGroup, numberGroups, tellNumbers } from "./tell-numbers.server";
import { describeQuestion, tellShifts } from "./tell-shifts.server";

type Asked = { params: URLSearchParams; address: SlaAddress; asOf: Date };
type File = {
  name: string;
  problems: string[];
  told: Record<string, unknown>;
  tell: (onRows: (rowCount: number) => void) => AsyncIterable<string>;
};

/** The shifts and the numbers of the room as CSV. An address that cannot be meant whole is refused; what was sent is on record. */
export const slaCsv: readonly PlainAnswer[] = [
  { path: "/sla/shifts.csv", permission: "sla.read", answer: answerBy(openShifts) },
  { path: "/sla/numbers.csv", permission: "sla.read", answer: answerBy(openNumbers) },
];

function answerBy(open: (asked: Asked) => File): SignedInAnswer["answer"] {
  return async (req, res, signedIn) => {
    const asOf = new Date();
    const params = new URL(req.originalUrl, "http://console.invalid").searchParams;
    const address = readSlaAddress(params, asOf);
    const { name, problems, told, tell } = open({ params, address, asOf });
    const [problem] = [...address.problems, ...problems];
    if (problem) return refuse(req, res, { status: 400, title: "Nothing was exported", message: problem });
    const record = recordExport(res, signedIn, {
      action: "sla.export",
      target: name,
      told: { ...address.period, filter: describeSlaFilter(address), ...told },
    });
    await sendCsv(req, res, signedIn, { name, asOf, open: async () => ({ tell, record }) });
  };
}

function openShifts({ params, address, asOf }: Asked): File {
  const { problems, ...question } = readShiftsQuestion(params);
  return {
    name: "sla-shifts",
    problems,
    told: { shifts: describeQuestion(question) },
    tell: (onRows) => tellShifts(consoleDatabase(), { asOf, address, question }, onRows),
  };
}

function openNumbers({ params, address, asOf }: Asked): File {
  const asked = params.get("by")?.trim() || "client";
  const by = numberGroups.find((group) => group === asked);
  return {
    name: `sla-by-${by ?? "client"}`,
    problems: by ? [] : [`"${asked.slice(0, 40)}" is no group; there are ${numberGroups.join(", ")}.`],
    told: { by: asked },
    tell: (onRows) => tellNumbers(consoleDatabase(), { asOf, address, by: by as NumberGroup }, onRows),
  };
}
