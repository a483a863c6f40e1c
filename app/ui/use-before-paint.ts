import { useLayoutEffect } from "react";

/** An effect before the browser paints; nothing on the server, which paints nothing. */
export const useBeforePaint: typeof useLayoutEffect = typeof document === "undefined" ? () => {} : useLayoutEffect;
