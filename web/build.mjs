// Builds the three front-ends into the Python package: `node build.mjs`, or `node build.mjs --watch`.

import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "privity", "web", "static");
const watching = process.argv.includes("--watch");

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "info",
  metafile: true,
  minify: !watching,
  sourcemap: watching ? "inline" : false,
};

// Customers' pages hold the loader's address for years, so its name carries no hash.
const loader = {
  ...common,
  entryPoints: { loader: "loader/loader.ts" },
  format: "iife",
  outdir: out,
  target: "es2020",
};

const app = (name) => ({
  ...common,
  entryNames: "[name]-[hash]",
  entryPoints: { app: `${name}/main.tsx` },
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  outdir: join(out, name),
  target: "es2022",
});

const fronts = { loader, widget: app("widget"), inbox: app("inbox") };

/** The entry files of one front-end, by kind, as addresses below `static/`. */
function entries(name, metafile) {
  const folder = name === "loader" ? "" : `${name}/`;
  const files = Object.keys(metafile.outputs).map((path) => folder + basename(path));
  const js = files.find((file) => file.endsWith(".js"));
  const css = files.find((file) => file.endsWith(".css"));
  return css === undefined ? { js } : { js, css };
}

/** Names the entry files for the server; renamed into place, so that a reader never meets half of it. */
async function writeManifest(manifest) {
  const draft = join(out, "manifest.json.draft");
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, join(out, "manifest.json"));
}

async function buildOnce() {
  const manifest = {};
  for (const [name, options] of Object.entries(fronts)) {
    manifest[name] = entries(name, (await build(options)).metafile);
  }
  await writeManifest(manifest);
}

async function watch() {
  const manifest = {};
  for (const [name, options] of Object.entries(fronts)) {
    const rewrite = {
      name: "manifest",
      setup(bundle) {
        bundle.onEnd(async ({ metafile, errors }) => {
          if (errors.length > 0 || metafile === undefined) return;
          manifest[name] = entries(name, metafile);
          await writeManifest(manifest);
        });
      },
    };
    await (await context({ ...options, plugins: [rewrite] })).watch();
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await (watching ? watch() : buildOnce());
