import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { PanelPage } from "~/database/panel-page";
import { readPanelPage } from "~/database/read-panel-page.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readPanelPage(params.panelId, new URL(request.url).searchParams);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.panel.title ?? "Database"} · SecuryFlex ops` },
];

export default function PanelRoute() {
  return <PanelPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
