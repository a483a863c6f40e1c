import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { ConfirmSection } from "~/operations/confirm-section";
import { PlanSection } from "~/operations/plan-section";
import { answerRequest, planRequest, requireOperation } from "~/operations/request.server";
import { BulkPage } from "~/shifts/bulk/bulk-page";
import { readBulkSearch } from "~/shifts/bulk/bulk-search";
import { readBulk } from "~/shifts/bulk/read-bulk.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.reassign");
  const read = await readBulk(new URL(request.url).searchParams);
  const { fields, operationId, reason } = read;
  return { read, asked: fields && reason !== "" ? await planRequest(requireOperation(operationId), fields) : null };
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.reassign");
  const { kind } = readBulkSearch(new URL(request.url).searchParams);
  return answerRequest(request, `bulk-${kind}`, signedIn);
}

export const meta: MetaFunction = () => [{ title: "Several shifts · SecuryFlex ops" }];

export default function BulkRoute() {
  const { read, asked } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.message ?? asked?.complaint ?? undefined;
  const made = asked?.made;
  return (
    <BulkPage read={read} refusal={refusal}>
      {made && <PlanSection plan={made.plan} risk={made.risk} undo={asked.operation.undo} />}
      {made && made.plan.refusals.length === 0 && <ConfirmSection read={asked} made={made} />}
    </BulkPage>
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
