// The docs are true: their code compiles, their links lead somewhere, their words are spelt right, and the site builds.
import { runOrExit } from './run.mjs'

runOrExit('node', ['tooling/scripts/check-code.mjs'])
runOrExit('node', ['tooling/scripts/check-links.mjs'])
const words = ['--config', 'tooling/cspell.json', '--cache', '--cache-location', 'node_modules/.cache/cspell']
runOrExit('cspell', ['lint', '--no-progress', '--no-summary', ...words])
runOrExit('turbo', ['run', 'site', '--output-logs=errors-only'])
