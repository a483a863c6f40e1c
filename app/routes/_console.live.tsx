import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readBoard } from "~/live/board.server";
import { followAlarm } from "~/live/feed/alarms.server";
import { LivePage } from "~/live/live-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "live.read");
  await followAlarm(request);
  return readBoard(request);
}

export { stayOnTravel as shouldRevalidate } from "~/live/time-travel/stay-on-travel";

export const meta: MetaFunction = () => [{ title: "Live · SecuryFlex ops" }];

export default function LiveRoute() {
  return <LivePage board={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
