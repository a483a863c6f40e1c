import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readBoard } from "~/live/board.server";
import { LivePage } from "~/live/live-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "live.read");
  return readBoard();
}

export { stayOnSearch as shouldRevalidate } from "~/ui/stay-on-search";

export const meta: MetaFunction = () => [{ title: "Live · SecuryFlex ops" }];

export default function LiveRoute() {
  return <LivePage board={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
