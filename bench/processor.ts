import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { SourceMapPayload } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { bundleFunctions } from '../infra/bundle.ts'
import { readScript } from '../local/options.ts'
import type { Ask, Took } from './processor/function-process.ts'
import { layerNames, timeByLayer } from './processor/layers.ts'
import { TABLE } from './processor/on-sale.ts'
import { figure, ratio, table } from './report/markdown.ts'

const usage = `Usage: node --import tsx bench/processor.ts [options]

  --against DIR  Another checkout, with its modules, to measure in turns with this one.
  --out FILE     Where the page goes; it is printed, too.
  --help         Print this.
`

// What a hold takes of the processor in the function that Lambda runs:
//
// 1. The function is bundled as it is deployed; so is the other checkout's.
// 2. The table is in a process of its own, each function in another: one call at a time, through the SDK, signed.
// 3. The functions take turns, block by block, and the median of their blocks counts: whatever else the machine does meets both.
// 4. At last each is profiled. The share of each layer is of what was profiled, its milliseconds of what was measured.

const FUNCTION = 'seatbuilder/hold-seats'
const BLOCK = 300
/** The first blocks are of code that is not compiled yet: they are told apart. */
const COLD_BLOCKS = 2
const BLOCKS = 16

interface Measured {
  readonly name: string
  readonly cold: number
  readonly warm: number
  readonly layers: ReadonlyMap<string, number>
}

interface Bundled {
  readonly name: string
  readonly bundle: string
}

async function main(): Promise<void> {
  const values = readScript({
    usage,
    options: { against: { type: 'string' }, out: { type: 'string' } },
  })
  const { against, out } = values
  const work = await mkdtemp(join(tmpdir(), 'holdfast-processor-'))
  const own = fileURLToPath(new URL('..', import.meta.url))
  const roots = against === undefined ? [own] : [resolve(against), own]
  try {
    const bundles: Bundled[] = []
    for (const [at, root] of roots.entries()) {
      const name = at === roots.length - 1 ? 'now' : 'before'
      bundles.push({ name, bundle: await bundle(root, join(work, name)) })
    }
    const page = await format(write(await measure(bundles)), {
      ...(await resolveConfig('docs/bench/README.md')),
      parser: 'markdown',
    })
    console.log(page)
    if (out !== undefined) await writeFile(out, page + (await byHand(out)))
  } finally {
    await rm(work, { recursive: true })
  }
}

/** What a page says that was measured otherwise: it stays below. */
async function byHand(path: string): Promise<string> {
  const page = await readFile(path, 'utf8').catch(() => '')
  const at = page.indexOf('\n## ')
  return at === -1 ? '' : page.slice(at)
}

async function bundle(root: string, folder: string): Promise<string> {
  const bundles = await bundleFunctions(folder, pathToFileURL(join(root, 'functions/')))
  const found = bundles.find(({ name }) => name.endsWith('hold-seats'))
  if (found === undefined) throw new Error(`There is no ${FUNCTION} in ${root}`)
  return join(found.folder, 'index.mjs')
}

async function measure(bundles: readonly Bundled[]): Promise<Measured[]> {
  const children: ChildProcess[] = []
  try {
    const url = await startTable(children)
    const functions = bundles.map((it) => ({ ...it, child: startFunction(it, url, children) }))
    for (const { child } of functions) await once(child, 'message')
    const taken = functions.map((): number[] => [])
    let from = 0
    const hold = async (child: ChildProcess, isProfiled: boolean): Promise<Took> => {
      const ask: Ask = { from, count: BLOCK, isProfiled }
      from += BLOCK
      child.send(ask)
      const [took] = (await once(child, 'message')) as [Took]
      return took
    }
    for (let block = 0; block < COLD_BLOCKS + BLOCKS; block += 1) {
      for (const [at, { child }] of functions.entries()) {
        taken[at]?.push((await hold(child, false)).milliseconds / BLOCK)
      }
    }
    const measured: Measured[] = []
    for (const [at, { name, bundle: path, child }] of functions.entries()) {
      const { profile } = await hold(child, true)
      if (profile === undefined) throw new Error('A function told no profile')
      const map = JSON.parse(await readFile(`${path}.map`, 'utf8')) as SourceMapPayload
      const blocks = taken[at] ?? []
      const cold = median(blocks.slice(0, COLD_BLOCKS))
      const warm = median(blocks.slice(COLD_BLOCKS))
      measured.push({ name, cold, warm, layers: timeByLayer(profile, map) })
    }
    return measured
  } finally {
    for (const child of children) child.kill()
  }
}

async function startTable(children: ChildProcess[]): Promise<string> {
  const path = fileURLToPath(new URL('processor/table-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  return url
}

function startFunction({ bundle: path }: Bundled, url: string, children: ChildProcess[]) {
  const { PATH = '' } = process.env
  const child = fork(
    fileURLToPath(new URL('processor/function-process.ts', import.meta.url)),
    [path],
    {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        // As long as those that Lambda hands a function.
        AWS_SESSION_TOKEN: 'token'.repeat(150),
        AWS_ENDPOINT_URL_DYNAMODB: url,
        HOLDFAST_TABLE: TABLE,
        HOLDFAST_STAGE: 'bench',
      },
    },
  )
  children.push(child)
  return child
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function write(all: readonly Measured[]): string {
  const [first] = all
  const base = first?.warm ?? 1
  const totals = table(
    ['', `holds 1 to ${COLD_BLOCKS * BLOCK}, ms each`, 'then, ms each', 'ratio'],
    all.map(({ name, cold, warm }) => [name, figure(cold), figure(warm), ratio(warm, base)]),
  )
  const sums = all.map(({ layers }) => [...layers.values()].reduce((sum, one) => sum + one, 0))
  const rows = layerNames.map((layer) => [
    layer,
    ...all.map(({ warm, layers }, at) =>
      figure((warm * (layers.get(layer) ?? 0)) / (sums[at] ?? 1)),
    ),
  ])
  return `# What a hold takes of the processor

Written by \`node --import tsx bench/processor.ts --against <another checkout>\` (Node.js ${process.versions.node}, ${availableParallelism()} cores).
The function \`${FUNCTION}\` as it is deployed, called as API Gateway calls it, one call after the other; the table is the embedded one in another process,
reached over HTTP without TLS. Each hold is of another seat: one batch is read, one transaction written, both signed. Milliseconds are of the processor, of
all threads of the function: the compiler's and the garbage collector's too. The functions took turns in ${BLOCKS} blocks of ${BLOCK} holds; the median counts.

${totals}

Where the time goes, in milliseconds of one hold:

${table(['', ...all.map(({ name }) => name)], rows)}
`
}

await main()
