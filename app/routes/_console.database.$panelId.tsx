import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { PanelPage } from "~/database/panel-page";
import { readPanelPage } from "~/database/read-panel-page.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  const read = await readPanelPage(params.panelId, new URL(request.url).searchParams);
  return data(read, { status: read.history?.period?.complaint ? 400 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [
  { title: `${read?.panel.title ?? "Database"} · SecuryFlex ops` },
];

export default function PanelRoute() {
  return <PanelPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
