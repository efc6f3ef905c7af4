// Everything that must hold before a change is taken: lint, format, boundaries, cycles, unused code, packages, their public API, docs, types, tests.
import { runOrExit } from './run.mjs'

runOrExit('biome', ['ci', '--error-on-warnings', '.'])
runOrExit('turbo', ['boundaries'])
runOrExit('turbo', ['run', 'build', 'lint:package', '--output-logs=errors-only'])
runOrExit('node', ['tooling/scripts/check-packages.mjs'])
runOrExit('node', ['tooling/scripts/api.mjs'])
runOrExit('knip', ['--config=tooling/knip.json'])
runOrExit('size-limit', ['--config', 'tooling/size-limit.json'])
await import('./check-docs.mjs')
await import('./test.mjs')
