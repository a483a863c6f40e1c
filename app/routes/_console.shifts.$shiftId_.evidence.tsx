import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readAskedRun } from "~/operations/run.server";
import { RunNotice } from "~/operations/run-notice";
import { LinksPage } from "~/shifts/evidence/links-page";
import { readLinks } from "~/shifts/evidence/read-links.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.share");
  const run = await readAskedRun(request, "shifts.share");
  return { run, read: await readLinks(request, params.shiftId) };
}

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Evidence of shift ${params.shiftId} · SecuryFlex ops` },
];

export default function LinksRoute() {
  const { run, read } = useLoaderData<typeof loader>();
  return <LinksPage read={read} notice={run && <RunNotice run={run} />} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
