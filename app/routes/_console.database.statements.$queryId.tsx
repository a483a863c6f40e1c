import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readStatementPage } from "~/database/read-statements.server";
import { StatementPage } from "~/database/statement-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "database.read");
  const read = await readStatementPage(params.queryId, new URL(request.url).searchParams, signedIn);
  return data(read, { status: read.period.complaint ? 400 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [
  { title: `Statement ${read?.queryId ?? ""} · SecuryFlex ops` },
];

export default function StatementRoute() {
  return <StatementPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
