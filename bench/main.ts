import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { format, resolveConfig } from 'prettier'
import { measureAreas, timesServed } from './chapters/areas.ts'
import { measureBest, worstRounds } from './chapters/best.ts'
import { measureBound } from './chapters/bound.ts'
import { contenders, measureContention, type ContentionRow } from './chapters/contention.ts'
import { measureDeadlines } from './chapters/deadlines.ts'
import { measureLateness } from './chapters/lateness.ts'
import { measureLatency } from './chapters/latency.ts'
import { measurePartitions } from './chapters/partitions.ts'
import { measureUnits } from './chapters/units.ts'
import { fullPlan, quickPlan, type Plan } from './plans.ts'
import { drawResults, type Results } from './report/figures.ts'
import { writePage } from './report/page.ts'
import { readScript, refuseOption } from '../local/options.ts'

const usage = `Usage: npm run bench -- [options]

  --quick      Measure little, and write nothing unless --out says where.
  --seed N     What decides what is sold; 1 unless given.
  --out DIR    Where the page goes; docs/bench unless given.
  --help       Print this.
`

// npm run bench: what selling seats costs, and how late the end of a hold is told, measured on the embedded table.
//
// 1. Nine chapters are measured, all from one seed.
// 2. The page is printed, and written with its images into docs/bench; with --quick only printed, unless --out says where.
// 3. A large commit that wrote more than the design allows fails the run; so does a hold that did not end at its deadline,
//    an area that does not serve ten times as many buyers as a counter in a transaction, and a crowd in an arena that has no seats
//    after three rounds.

const SEED_MAX = 1_000_000
const DOCS = 'docs/bench'

/** Buyers a second of an area in blocks, for each of an area that transactions meet on one item of. */
const TIMES_SERVED_MIN = 10

/** Rounds until 95 in a hundred of a crowd have the best seats of an arena. */
const ROUNDS_MAX = 3

async function main(): Promise<void> {
  const { plan, seed, out } = readOptions()
  const startedAt = performance.now()
  const results = await measure(plan, seed)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const machine = `Node.js ${process.versions.node}, ${availableParallelism()} cores`
  const page = await format(writePage(results, { plan, seed, machine }), {
    ...(await resolveConfig(`${DOCS}/README.md`)),
    parser: 'markdown',
  })
  console.log(page)
  if (out !== undefined) {
    await mkdir(out, { recursive: true })
    await writeFile(`${out}/README.md`, page)
    for (const [name, svg] of Object.entries(drawResults(results))) {
      await writeFile(`${out}/${name}.svg`, `${svg}\n`)
    }
  }
  const over = results.bound.filter(({ writeUnits, bound }) => writeUnits > bound)
  if (over.length > 0) {
    console.error(`${over.length} large commits wrote more than they may`)
    process.exitCode = 1
  }
  if (timesServed(results.areas) < TIMES_SERVED_MIN) {
    console.error(`An area serves ${timesServed(results.areas)} times as many buyers as a counter`)
    process.exitCode = 1
  }
  if (worstRounds(results.best) > ROUNDS_MAX) {
    console.error(`A crowd has its seats after ${worstRounds(results.best)} rounds`)
    process.exitCode = 1
  }
  const { deadlines, lateness } = results
  const wrong = 2 * deadlines.holds - deadlines.refusedBefore - deadlines.takenAt
  const early = lateness.before.accepted
  if (wrong + early + lateness.untold > 0) {
    console.error(
      `${wrong + early} seats changed hands early or late, ${lateness.untold} ends were not told`,
    )
    process.exitCode = 1
  }
  console.log(`${seconds} s; ${out === undefined ? 'nothing written' : `written into ${out}`}`)
}

function readOptions(): { plan: Plan; seed: number; out: string | undefined } {
  const values = readScript({
    usage,
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  const isSeed = Number.isInteger(seed) && seed >= 1 && seed <= SEED_MAX
  if (!isSeed) refuseOption(usage, `--seed must be a whole number from 1 to ${SEED_MAX}`)
  const out = values.out ?? (values.quick ? undefined : DOCS)
  return { plan: values.quick ? quickPlan : fullPlan, seed, out }
}

async function measure(plan: Plan, seed: number): Promise<Results> {
  const units = await measureUnits(plan.units, seed)
  const contention: ContentionRow[] = []
  for (const contender of contenders) await measureContention(contender, plan.crowds.warmUp, seed)
  for (const contender of contenders) {
    contention.push(await measureContention(contender, plan.crowds.shown, seed))
  }
  const latency = await measureLatency(plan.latency, seed)
  const bound = await measureBound(plan.bound, seed)
  const areas = await measureAreas(plan.areas, seed)
  const best = await measureBest(plan.best, seed)
  const partitions = await measurePartitions(plan.partitions, seed)
  const deadlines = await measureDeadlines(plan.deadlines, seed)
  const lateness = await measureLateness(plan.endings, seed)
  return { units, contention, latency, bound, areas, best, partitions, deadlines, lateness }
}

await main()
