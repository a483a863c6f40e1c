import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { MigrationsPage } from "~/operations/migrations-page";
import { readMigrationsPage } from "~/operations/read-migrations.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.read");
  return readMigrationsPage(signedIn);
}

export const meta: MetaFunction = () => [{ title: "Migrations · SecuryFlex ops" }];

export default function MigrationsRoute() {
  return <MigrationsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
