import { lazy } from "react";

import { Deferred } from "~/ui/deferred";
import { LoadingState } from "~/ui/loading-state";
import { Section } from "~/ui/page";
import { useThemeLook } from "~/ui/theme-look";
import type { LoadBasemap } from "../trail";
import type { CandidatesRead } from "./read-replacement.server";

const CandidatesMap = lazy(() => import("./candidates-map.client"));

/** The list as a map; the list is its accessible twin. */
export function MapSection({ read, loadBasemap }: { read: CandidatesRead; loadBasemap: LoadBasemap }) {
  const theme = useThemeLook();
  const { candidates, asked } = read;
  if (candidates.length === 0) return null;
  return (
    <Section title="Where they live" note="to about a kilometer; the post in vermillion" flush>
      <div className="h-72">
        <Deferred fallback={<LoadingState label="the map" rows={4} />}>
          <CandidatesMap
            key={`${theme} ${asked.shown} ${asked.name} ${asked.guardId}`}
            {...{ read, theme, loadBasemap }}
          />
        </Deferred>
      </div>
    </Section>
  );
}
