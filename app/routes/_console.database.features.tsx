import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readDatabase } from "~/database/read-database.server";
import { ServerPage } from "~/database/server-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readDatabase();
}

export const meta: MetaFunction = () => [{ title: "Server and features · SecuryFlex ops" }];

export default function FeaturesRoute() {
  return <ServerPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
