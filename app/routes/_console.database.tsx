import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { DatabasePage } from "~/database/database-page";
import { readDatabase } from "~/database/read-database.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readDatabase();
}

export const meta: MetaFunction = () => [{ title: "Database · SecuryFlex ops" }];

export default function DatabaseRoute() {
  return <DatabasePage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
