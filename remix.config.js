/** @type {import("@remix-run/dev").VitePluginConfig} */
export default {
  appDirectory: "app",
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    // Off: one long /__manifest request blocks the event loop for seconds.
    v3_lazyRouteDiscovery: false,
    v3_routeConfig: true,
  },
};
