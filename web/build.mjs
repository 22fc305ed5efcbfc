// Builds the front-ends into the Python package: `node build.mjs`, or `node build.mjs --watch`.

import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context, transform } from "esbuild";

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

/** A style sheet that a script carries as text: for the launcher's shadow root, and beside what few people open. */
const styleText = {
  name: "style text",
  setup(bundle) {
    bundle.onLoad({ filter: /(launcher|seldom)\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

// Customers' pages hold the loader's address for years, so its name carries no hash.
const loader = {
  ...common,
  entryPoints: { loader: "loader/loader.ts" },
  format: "iife",
  outdir: out,
  plugins: [styleText],
  target: "es2020",
};

/** What a page needs later is a file of its own, fetched then; what several files need is one more. */
const app = (name) => ({
  ...common,
  chunkNames: "[name]-[hash]",
  entryNames: "[name]-[hash]",
  entryPoints: { app: `${name}/main.tsx` },
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  outdir: join(out, name),
  plugins: [styleText],
  splitting: true,
  target: "es2022",
});

/** Stands in for another product's script, on pages that hold its address as they hold the loader's. */
const compat = (product) => ({
  ...common,
  entryPoints: { [product]: `compat/${product}.ts` },
  format: "iife",
  outdir: join(out, "compat"),
  target: "es2020",
});

const fronts = {
  loader,
  widget: app("widget"),
  callback: app("callback"),
  inbox: app("inbox"),
  "compat/customerly": compat("customerly"),
  "compat/intercom": compat("intercom"),
  "compat/chatwoot": compat("chatwoot"),
  "compat/crisp": compat("crisp"),
};

/**
 * Of one front-end, as addresses below `static/`: the script to begin with, its style, what that script fetches along
 * with itself, and what it fetches once it is needed.
 */
function entries({ outputs }, { entryPoints }) {
  const address = (path) => relative(out, join(here, path));
  const scripts = Object.keys(outputs).filter((path) => path.endsWith(".js"));
  const first = scripts.find((path) => outputs[path].entryPoint === Object.values(entryPoints)[0]);
  const atOnce = withImports(outputs, first);
  const { cssBundle } = outputs[first];
  return {
    js: address(first),
    ...(cssBundle && { css: address(cssBundle) }),
    along: atOnce.slice(1).map(address),
    later: scripts.filter((path) => !atOnce.includes(path)).map(address),
  };
}

function withImports(outputs, first) {
  const found = new Set([first]);
  for (const path of found) {
    for (const { path: other, kind } of outputs[path].imports)
      if (kind === "import-statement") found.add(other);
  }
  return [...found];
}

/** Names the entry files for the server; renamed into place, so that a reader never meets half of it. */
async function writeManifest(manifest) {
  const draft = join(out, "manifest.json.draft");
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, join(out, "manifest.json"));
}

/** Removes what earlier builds left: afterwards and not before, so that a running server always finds its files. */
async function sweep(manifest) {
  const files = Object.values(manifest).flatMap(Object.values).flat();
  const kept = new Set(["manifest.json", "integrate.md", ...files.map(dirname), ...files]);
  for (const path of await readdir(out, { recursive: true })) {
    if (!kept.has(path)) await rm(join(out, path), { recursive: true, force: true });
  }
}

async function buildOnce() {
  const manifest = {};
  for (const [name, options] of Object.entries(fronts)) {
    manifest[name] = entries((await build(options)).metafile, options);
  }
  await writeManifest(manifest);
  await sweep(manifest);
}

/** Rebuilds a front-end at each change of its sources, and tells the server its new names. */
async function watch() {
  const manifest = {};
  for (const [name, options] of Object.entries(fronts)) {
    const announce = {
      name: "announce",
      setup: (bundle) =>
        bundle.onEnd(async ({ metafile, errors }) => {
          if (errors.length > 0) return;
          manifest[name] = entries(metafile, options);
          if (Object.keys(fronts).every((front) => front in manifest)) await writeManifest(manifest);
        }),
    };
    const plugins = [...(options.plugins ?? []), announce];
    await (await context({ ...options, plugins })).watch();
  }
}

await mkdir(out, { recursive: true });
// The inbox quotes its code for the site's developer, so the server takes the page along.
await copyFile(join(here, "..", "docs", "integrate.md"), join(out, "integrate.md"));
// Written by hatch_build.py when a build is fit to ship; one made for watching never is.
await rm(join(out, "made-from"), { force: true });
await (watching ? watch() : buildOnce());
