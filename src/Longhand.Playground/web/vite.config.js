import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    // One flat folder, so that a file's name is its address.
    assetsDir: "",
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
