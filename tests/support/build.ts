export { ensureBuild } from "../../app/http/build.server";
