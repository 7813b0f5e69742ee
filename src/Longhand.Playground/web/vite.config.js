import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

/** Leaves each text beside itself as the server sends it, so that nothing has to be compressed while somebody waits. */
const compressed = () => {
  let folder;
  return {
    name: "compressed",
    apply: "build",
    configResolved: (config) => (folder = config.build.outDir),
    closeBundle: () => {
      for (const name of readdirSync(folder).filter((file) => /\.(html|js|css|svg)$/.test(file))) {
        const bytes = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
};

export default defineConfig({
  base: "./",
  build: {
    // One flat folder, so that a file's name is its address.
    assetsDir: "",
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [compressed()],
});
