import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { MigrationPage } from "~/operations/migration-page";
import { readMigrationPage } from "~/operations/read-migrations.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.read");
  return readMigrationPage({ database: params.database, label: params.label }, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.label ?? "Migrations"} · SecuryFlex ops` },
];

export default function MigrationRoute() {
  return <MigrationPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
