import { lazy } from "react";

import { Deferred } from "~/ui/deferred";
import type { ViewRoom } from "./view-search";

const ViewsButton = lazy(() => import("./views-button"));

/** The saved views of a room, once the page acts. */
export function SavedViews(props: { room: ViewRoom; className?: string }) {
  return (
    <Deferred>
      <ViewsButton {...props} />
    </Deferred>
  );
}
