import { consoleDatabase } from "../../db/connections";
import { getStaff } from "../../db/console/staff";
import { currentRequest } from "../http/request-context.server";
import { checkPassword } from "./check-password.server";
import { passwordLength } from "./password-length";

export type PasswordGiven = { at: Date } | { refusal: string; status: 422 | 429 };

/** Whether somebody who is signed in, or sits at the command line, gave their password, under the limits of sign-in. */
export async function givePassword(
  staff: { id: string; email: string },
  password: string,
  asOf = new Date(),
): Promise<PasswordGiven> {
  if (password === "") return { refusal: "Give your password again. Nothing was done.", status: 422 };
  if ([...password].length > passwordLength.most)
    return { refusal: "The password is wrong. Nothing was done.", status: 422 };
  const member = await getStaff(consoleDatabase(), staff.id);
  const check = await checkPassword({ email: staff.email, member, password, asOf });
  if (check.verdict === "right") return { at: asOf };
  if (check.verdict === "wrong") return { refusal: "The password is wrong. Nothing was done.", status: 422 };
  const seconds = check.verdict === "wait" ? check.waitSeconds : 2;
  currentRequest()?.setHeader("Retry-After", String(seconds));
  return { refusal: `There were too many wrong tries. Wait ${seconds} s, then try again.`, status: 429 };
}
