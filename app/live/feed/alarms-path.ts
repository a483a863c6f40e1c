/** The page of all alarms, which takes their answers too. */
export const alarmsPath = "/live/alarms";
