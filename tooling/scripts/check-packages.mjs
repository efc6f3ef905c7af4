// What would be published: every tarball holds what was built, its sources, and what npm shows, and nothing else; and its
// manifest means the same outside the workspace.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { listFiles } from './code-blocks.mjs'
import { packPackages } from './pack-packages.mjs'
import { root } from './run.mjs'

const needed = ['description', 'license', 'homepage', 'repository', 'bugs', 'engines', 'exports', 'keywords']
const complaints = []

/** All that a tarball should hold: the sources without their tests, what is built of each, and what npm shows. */
function expectedFiles(folder) {
  const home = relative(root, folder)
  const sources = listFiles(`${home}/src`)
    .map((file) => relative(home, file))
    .filter((file) => !file.includes('.test.'))
  const built = sources.flatMap((file) => {
    const stem = file.replace(/^src/, 'dist').replace(/\.tsx?$/, '')
    return ['.js', '.js.map', '.d.ts', '.d.ts.map'].map((ending) => stem + ending)
  })
  const shown = ['LICENSE', 'README.md', 'package.json']
  if (existsSync(join(folder, 'CHANGELOG.md'))) shown.push('CHANGELOG.md')
  return new Set([...shown, ...sources, ...built])
}

function checkFiles({ name, folder, tarball }) {
  const expected = expectedFiles(folder)
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''))
  for (const file of expected) if (!files.includes(file)) complaints.push(`${name}: ${file} is missing`)
  for (const file of files) {
    if (expected.has(file)) continue
    const isOld = file.startsWith('dist/')
    complaints.push(
      `${name}: ${file} ${isOld ? 'has no source: remove dist, and build' : 'does not belong into it'}`,
    )
  }
}

function checkManifest({ name, tarball }) {
  const complain = (text) => complaints.push(`${name}: ${text}`)
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }),
  )
  for (const field of needed.filter((one) => manifest[one] === undefined))
    complain(`package.json has no ${field}`)
  if (manifest.type !== 'module') complain('it is not ESM')
  if (manifest.sideEffects !== false) complain('sideEffects is not false')
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const [other, range] of Object.entries(manifest[kind] ?? {}))
      if (/^(workspace|catalog|file|link):/.test(range)) complain(`${kind}: ${other} is ${range}`)
  }
  const { access, provenance } = manifest.publishConfig ?? {}
  if (access !== 'public' || provenance !== true) complain('publishConfig lacks access or provenance')
}

const folder = mkdtempSync(join(tmpdir(), 'chatstream-tarballs-'))
try {
  const packages = packPackages(folder)
  if (packages.length !== 6) complaints.push(`${packages.length} packages were packed, not 6`)
  for (const one of packages) {
    checkFiles(one)
    checkManifest(one)
  }
  console.log(
    `${packages.length} tarballs ${complaints.length === 0 ? 'hold what they should' : 'are not right'}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (complaints.length > 0) {
  console.error(complaints.join('\n'))
  process.exitCode = 1
}
