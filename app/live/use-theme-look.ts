export { useThemeLook } from "~/ui/theme-look";
