// Everything that must hold before a change is taken: lint, format, boundaries, cycles, unused code, packages, types, tests.
import { runOrExit } from './run.mjs'

runOrExit('biome', ['ci', '--error-on-warnings', '.'])
runOrExit('turbo', ['boundaries'])
runOrExit('turbo', ['run', 'build', 'lint:package', '--output-logs=errors-only'])
runOrExit('knip', ['--config=tooling/knip.json'])
runOrExit('size-limit', ['--config', 'tooling/size-limit.json'])
await import('./test.mjs')
