import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readStatementsPage } from "~/database/read-statements.server";
import { StatementsPage } from "~/database/statements-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  const read = await readStatementsPage(new URL(request.url).searchParams);
  return data(read, { status: read.period.complaint ? 400 : 200 });
}

export const meta: MetaFunction = () => [{ title: "Statements · SecuryFlex ops" }];

export default function StatementsRoute() {
  return <StatementsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
