import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, defineConfig } from "vite";

const shared = {
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

const target = "es2022";

/** Builds the player of saved pages beside the page, as one script and one style sheet that a saved page has inside. */
const player = (outDir) =>
  build({
    ...shared,
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: false,
      cssCodeSplit: false,
      assetsDir: "",
      target,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: "src/player/main.tsx",
        output: { format: "iife", entryFileNames: "player.js", assetFileNames: ({ names }) => (names[0]?.endsWith(".css") ? "player.css" : "[name]-[hash][extname]") },
      },
    },
  });

/** Leaves each text beside itself as the server sends it, so that nothing has to be compressed while somebody waits. */
const compress = (folder) => {
  for (const name of readdirSync(folder).filter((file) => /\.(html|js|css|svg|txt)$/.test(file) && !file.startsWith("player."))) {
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
};

const finish = () => {
  let folder;
  return {
    name: "finish",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      await player(folder);
      compress(folder);
    },
  };
};

export default defineConfig({
  ...shared,
  build: {
    // One flat folder, so that a file's name is its address.
    assetsDir: "",
    target,
    modulePreload: { polyfill: false },
  },
  plugins: [finish()],
});
