// Runs every `*.test.js` that stands beside the sources: `node test.mjs`.

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "node_modules", ".tests");
const tests = ["protocol", "loader", "widget", "inbox"].flatMap((folder) =>
  readdirSync(join(here, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.js"))
    .map((name) => join(here, folder, name)),
);

buildSync({
  absWorkingDir: here,
  bundle: true,
  entryPoints: tests,
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  outbase: here,
  outdir: out,
  outExtension: { ".js": ".mjs" },
  platform: "node",
});
const built = tests.map((name) => join(out, name.slice(here.length).replace(/\.js$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--test", ...built], { stdio: "inherit" });
rmSync(out, { recursive: true, force: true });
process.exit(status ?? 1);
