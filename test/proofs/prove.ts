import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readScript } from '../../local/options.ts'

const usage = `Usage: npm run prove -- [options]

  --always    Prove all again, also what was proved with the very same files.
  --help      Print this.
`

// `npm run prove` runs the long proofs: what was proved with the very same files is not proved again. `--always` proves all.
//
// 1. A proof's key is a hash of every file that it proves or proves with, of the lockfile, and of this Node.js.
// 2. Proofs whose key is not the one that was kept are run together; their keys are kept if all of them hold.

/** The embedded table. */
const table = ['packages/dynamodb/src', 'packages/embedded/src']

/** What each proof rests on, beside itself: folders and files. */
const proofs = {
  simulation: ['lib', 'functions', ...table, 'test/proofs/seasons', 'test/support'],
  heads: ['lib', 'functions', ...table, 'test/proofs/simulation', 'test/support'],
  explorer: ['lib', 'functions', 'test/proofs/simulation', 'test/support'],
  seasons: ['lib', 'functions', ...table, 'local/http', 'test/proofs/simulation', 'test/support'],
  kills: ['lib', 'functions', 'local', 'packages', 'test/support'],
  // Bodies and drawings made to hurt; and what is done by the hundred, or by many at once.
  hostile: ['lib', 'functions', 'local', 'docs/openapi', 'test/support'],
  snapshots: ['lib', 'functions', ...table, 'test/proofs/simulation', 'test/support'],
  large: ['lib', 'functions', 'bench', 'docs/bench', ...table, 'test/support'],
  bundles: ['lib', 'functions', 'infra', 'packages', 'test/support'],
  fuzz: ['lib', 'functions', 'local', 'packages', 'test/support'],
} as const

type Proof = keyof typeof proofs

const values = readScript({ usage, options: { always: { type: 'boolean' } } })

const root = new URL('../../', import.meta.url)

const folders = await readdir(new URL('test/proofs/', root), { withFileTypes: true })
const unlisted = folders.filter((entry) => entry.isDirectory() && !(entry.name in proofs))
if (unlisted.length > 0)
  throw new Error(`Say above what ${unlisted.map(({ name }) => name).join(', ')} rests on`)

/** Goes with the packages: a clean install proves everything. */
const kept = new URL('node_modules/.cache/holdfast/proved.json', root)

const former = await readKept()
const keys = Object.fromEntries(
  await Promise.all(
    Object.entries(proofs).map(async ([proof, of]) => [
      proof,
      await keyOf([`test/proofs/${proof}`, ...of]),
    ]),
  ),
) as Record<Proof, string>
const due = (Object.keys(proofs) as Proof[]).filter(
  (proof) => values.always === true || former[proof] !== keys[proof],
)
const proved = Object.keys(proofs).filter((proof) => !due.includes(proof as Proof))
if (proved.length > 0) console.log(`Proved before, and unchanged since: ${proved.join(', ')}.`)
if (due.length > 0) {
  process.exitCode = await run(due)
  if (process.exitCode === 0) await keep(keys)
}

/** Runs proofs, and answers as their runner ends. */
function run(names: readonly Proof[]): Promise<number> {
  const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', root))
  const folders = names.map((name) => `test/proofs/${name}/`)
  const options = ['run', '--config', 'vitest.proofs.config.ts', ...folders]
  const child = spawn(process.execPath, [vitest, ...options], {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
  })
  return new Promise((resolve) =>
    child.on('close', (code) => {
      resolve(code ?? 1)
    }),
  )
}

async function keyOf(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  const paths = (await Promise.all([...places, 'package-lock.json'].map(filesIn))).flat()
  for (const path of [...new Set(paths)].sort()) {
    hash.update(`\n${path}\n`).update(await readFile(new URL(path, root)))
  }
  return hash.digest('hex')
}

async function filesIn(place: string): Promise<string[]> {
  if (place.includes('.')) return [place]
  const entries = await readdir(new URL(`${place}/`, root), {
    recursive: true,
    withFileTypes: true,
  })
  const base = fileURLToPath(root)
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replaceAll('\\', '/'))
    .map((path) => path.slice(base.length))
}

async function readKept(): Promise<Partial<Record<Proof, string>>> {
  const text = await readFile(kept, 'utf8').catch(() => '{}')
  return JSON.parse(text) as Partial<Record<Proof, string>>
}

async function keep(values: Record<Proof, string>): Promise<void> {
  await mkdir(new URL('.', kept), { recursive: true })
  await writeFile(kept, JSON.stringify(values))
}
