import { getBuiltinModule } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'rolldown'
import license from 'rollup-plugin-license'

/**
 * One bundle with everything that is needed, split so that a command loads only what it uses: start-up time is mostly
 * the loading of modules, and a package without dependencies downloads nothing when it is installed.
 */
export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts' },
  platform: 'node',
  // The first compiles TypeScript configuration files where Node does not, and travels in the package as it is; the
  // others belong to loaders of cosmiconfig that are never called.
  external: ['jiti', 'js-yaml', 'parse-json', 'import-fresh', 'typescript'],
  transform: { target: 'node20.19' },
  // Its ES modules, which it keeps from Node: as CommonJS all of it would be bundled, and be compiled at each start.
  resolve: {
    alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/dist/index.js', import.meta.url)) },
  },
  plugins: [
    {
      // Node makes an ES module of these by reading all they have, the streams of files included: milliseconds each.
      name: 'builtins-as-they-are',
      resolveId: { filter: { id: /^(node:)?(fs|util|url)$/ }, handler: id => `\0${id.replace('node:', '')}` },
      load: { filter: { id: /^\0(fs|util|url)$/ }, handler: id => builtin(id.slice(1)) },
    },
    {
      // The SDK touches this when it is loaded, which would load undici: a third of a short run.
      name: 'sdk-without-undici',
      transform: {
        filter: { id: /node_modules\/auth0\/.*\/Headers\.mjs$/ },
        handler: code => replaced(code, 'globalThis.Headers', 'undefined'),
      },
    },
    {
      // Needed for subcommands that are programs of their own, and loaded at each start.
      name: 'commander-without-child-processes',
      transform: {
        filter: { id: /node_modules\/commander\/lib\/command\.js$/ },
        handler: code => replaced(code, "require('node:child_process')", 'undefined'),
      },
    },
    license({
      thirdParty: {
        allow: {
          test: '(MIT OR ISC OR BSD-2-Clause OR BSD-3-Clause OR Apache-2.0 OR 0BSD)',
          failOnViolation: true,
          failOnUnlicensed: true,
        },
        output: { file: 'dist/THIRD-PARTY-LICENSES.txt', template: licences },
      },
    }),
  ],
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    // Few files, since each takes a millisecond to find and open: what every start needs, what understands the file, and
    // what deals with a tenant. The rest is split by use.
    codeSplitting: {
      groups: [
        { name: 'start', priority: 3, test: /\/src\/(errors|host)\.ts$|\/package\.json$|rolldown\/runtime/ },
        {
          name: 'program',
          priority: 2,
          test: /\/src\/(cli|closest)\.ts$|\/src\/config\/check-ids\.ts$/,
        },
        { name: 'config', priority: 1, test: /\/src\/(config|settings)\/(?!json-schema)/ },
        {
          name: 'tenant',
          test: /\/src\/(tenant|checks)\/|\/src\/plan\/(?!plan-file|saved|fingerprint|contrast)|\/src\/run\/(tenant|plan-one)\.ts$|\/src\/commands\/plan\.ts$/,
        },
      ],
    },
  },
})

/** A module with all that a built-in one has at hand, without what it would have to load first. */
function builtin(name) {
  const has = Object.getOwnPropertyDescriptors(getBuiltinModule(name))
  // A constant here can be deprecated on a later Node, which then warns of each that is looked at.
  const names = Object.keys(has).filter(key => typeof has[key].value === 'function' || key === 'constants')
  return `const it = process.getBuiltinModule('node:${name}')
export default it
export const { ${names.join(', ')} } = it`
}

/** A dependency's code with one text replaced; its next version may not have it any more, and then this must be seen. */
function replaced(code, text, by) {
  if (!code.includes(text)) throw new Error(`There is no ${text} to replace any more`)
  return code.replaceAll(text, by)
}

/** Every bundled package with its licence's text, or that of the repository it comes from where it brings none. */
function licences(packages) {
  const textFrom = source =>
    source && packages.find(each => each.licenseText && sourceOf(each) === source)?.licenseText
  const sourceOf = ({ repository }) => repository?.url ?? repository
  return packages
    .map(each => {
      const text = each.licenseText ?? textFrom(sourceOf(each))
      if (!text) throw new Error(`${each.name} brings no text of its licence`)
      return `${each.name} ${each.version} (${each.license})\n\n${text.trim()}\n`
    })
    .sort()
    .join(`\n${'-'.repeat(80)}\n\n`)
}
