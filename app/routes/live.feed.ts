import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { requirePermission } from "~/auth/require.server";
import { answerAlarms, readFeed } from "~/live/feed/alarms.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "live.read");
  return Response.json(await readFeed(request, signedIn));
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "live.respond");
  const { result, status } = await answerAlarms(request, signedIn);
  return Response.json(result, { status });
}
