const earthRadiusMeters = 6_371_008.8;
const corners = 96;

/** A closed ring of points `radiusMeters` from `center` over the ground of a round earth, longitude before latitude. */
export function circleAround(
  [longitude, latitude]: readonly [number, number],
  radiusMeters: number,
): [number, number][] {
  const angle = radiusMeters / earthRadiusMeters;
  const north = (latitude * Math.PI) / 180;
  return Array.from({ length: corners + 1 }, (_, corner): [number, number] => {
    const course = ((corner % corners) / corners) * 2 * Math.PI;
    const sinLatitude = Math.sin(north) * Math.cos(angle) + Math.cos(north) * Math.sin(angle) * Math.cos(course);
    const eastward = Math.atan2(
      Math.sin(course) * Math.sin(angle) * Math.cos(north),
      Math.cos(angle) - Math.sin(north) * sinLatitude,
    );
    return [longitude + (eastward * 180) / Math.PI, (Math.asin(sinLatitude) * 180) / Math.PI];
  });
}
