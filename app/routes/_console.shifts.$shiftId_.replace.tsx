import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { loadBasemap } from "~/live/map/load-basemap";
import { PlanSection } from "~/operations/plan-section";
import { answerRequest, planRequest, requireOperation } from "~/operations/request.server";
import { readCandidates } from "~/shifts/replace/read-replacement.server";
import { ReplaceForm } from "~/shifts/replace/replace-form";
import { ReplacePage } from "~/shifts/replace/replace-page";
import { readReplaceSearch } from "~/shifts/replace/replace-search";

const operationOf = { offer: "offer-shift", assign: "reassign-shift" };

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.reassign");
  const read = await readCandidates(params.shiftId, new URL(request.url).searchParams);
  const { placing } = read;
  return { read, asked: placing && (await planRequest(requireOperation(operationOf[placing.way]), placing.fields)) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.reassign");
  const way = readReplaceSearch(new URL(request.url).searchParams).way ?? "assign";
  return answerRequest(request, operationOf[way], signedIn, (runId) => `/shifts/${params.shiftId}?run=${runId}`);
}

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `Guard of shift ${params.shiftId} · SecuryFlex ops` },
];

export default function ReplaceRoute() {
  const { read, asked } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.message;
  return (
    <ReplacePage read={read} loadBasemap={loadBasemap}>
      {asked && (
        <ReplaceForm asked={asked} refusal={refusal} read={read}>
          {asked.made && <PlanSection plan={asked.made.plan} risk={asked.made.risk} undo={asked.operation.undo} />}
        </ReplaceForm>
      )}
    </ReplacePage>
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
