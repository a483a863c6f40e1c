/** Tiles of these zooms have their 64 x 64 cells counted; an even zoom is read from the four tiles below it. */
export const cellZooms = [3, 5, 7, 9, 11, 13] as const;
export const deepestCellZoom = 13;

export function storedZoomOf(zoom: number): number {
  return cellZooms.find((stored) => stored >= zoom) ?? deepestCellZoom;
}
