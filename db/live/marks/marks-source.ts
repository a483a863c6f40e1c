import { consoleDatabase } from "../../connections";
import type { SideSource } from "../feed/side-source";
import { readMarksRevision } from "./read-marks";

/** Tells live pages that the console knows more of the board than SecuryFlex said, or less: they take it anew. */
export const marksSource: SideSource = {
  event: "marks",
  everySeconds: 5,
  read: () => readMarksRevision(consoleDatabase()),
};
