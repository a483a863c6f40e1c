import { useLayoutEffect } from "react";

/**
 * An effect that adds sources and layers to the map and takes them away again. React ends layout effects before the
 * plain effect that removes the whole map, so the map still stands when its parts go.
 */
export const useMapParts = useLayoutEffect;
