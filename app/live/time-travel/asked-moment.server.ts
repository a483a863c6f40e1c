import { data } from "@remix-run/node";

import { readMoment } from "./moment";

/** The moment of `?at=`; null for the present. Throws 400 for one that cannot be shown. */
export function askedMoment(request: Request): Date | null {
  const asked = readMoment(new URL(request.url).searchParams.get("at"), new Date());
  if ("refusal" in asked) throw data(asked.refusal, { status: 400 });
  return asked.at;
}
