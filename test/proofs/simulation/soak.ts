import type { Failure } from './campaign.ts'
import { troubles, type Trouble } from './faults.ts'
import type { RunOptions } from './run.ts'
import { readScript, refuseOption } from '../../../local/options.ts'

const usage = `Usage: npm run soak -- [options]

  --minutes N      How long; 1 unless given.
  --seed N         The first seed.
  --replay SEED    Run this one seed, and print all that happened.
  --without LIST   Of a replay: troubles to leave out, with commas between.
  --clients LIST   Of a replay: the clients that take part.
  --rounds N       Of a replay: how many rounds.
  --help           Print this.
`

// `npm run soak -- --minutes N --seed S`: runs seeds from S on for N minutes, and says how many passed and failed.
// `npm run soak -- --replay S`: runs one seed and prints all that happened in it, and what was wrong with it.

const values = readScript({
  usage,
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    replay: { type: 'string' },
    without: { type: 'string' },
    clients: { type: 'string' },
    rounds: { type: 'string' },
  },
})

// Read only now: whoever asks for help, or mistypes an option, need not wait for it.
const { add, noRuns, runSeed } = await import('./campaign.ts')
const { judge } = await import('./judge/judge.ts')
const { describeFailure, describeTotals, describeTrace } = await import('./report.ts')
const { run } = await import('./run.ts')
const { shrink } = await import('./shrink.ts')

/** A number of an option; refuses everything else. */
function number(name: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  refuseOption(usage, `--${name} must be a number, not ${text}`)
}

/** Whole, so that it can be told and given again. */
function whole(name: string, text: string): number {
  const value = number(name, text)
  if (Number.isSafeInteger(value)) return value
  refuseOption(usage, `--${name} must be a whole number, not ${text}`)
}

function isTrouble(name: string): name is Trouble {
  return (troubles as readonly string[]).includes(name)
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').filter((name) => name !== '')
}

async function replay(options: RunOptions): Promise<number> {
  const record = await run(options)
  const { faults, ...counts } = judge(record)
  const { commits, largeCommits, crashes, lapses, expiries, notices, deliveries } = counts
  console.log(describeTrace(record))
  console.log(
    `${commits} commits, ${largeCommits} of them large, ${crashes} crashes, ${lapses} lapsed holds, ` +
      `${expiries} of them ended by timers, ${notices} notices, ${deliveries} deliveries`,
  )
  if (faults.length > 0) console.log(describeFailure({ options, faults }))
  return faults.length
}

async function soak(minutes: number, from: number): Promise<number> {
  const endsAt = performance.now() + minutes * 60_000
  let totals = noRuns
  let seed = from
  do {
    const one = await runSeed({ seed })
    for (const failure of one.failures) await explain(failure)
    totals = add(totals, one)
    if (totals.seeds % 500 === 0) console.log(`seed ${seed}: ${describeTotals(totals)}`)
    seed += 1
  } while (performance.now() < endsAt)
  console.log(describeTotals(totals))
  console.log(`${totals.seeds - totals.failures.length} passed, ${totals.failures.length} failed`)
  return totals.failures.length
}

async function explain(failure: Failure): Promise<void> {
  console.log(describeFailure(failure))
  const small = await shrink(failure)
  console.log(`The same seed, with as little going on as still fails:\n${describeFailure(small)}`)
}

const rounds = values.rounds === undefined ? {} : { rounds: whole('rounds', values.rounds) }
const clients = listOf(values.clients)
const unknown = (listOf(values.without) ?? []).filter((name) => !isTrouble(name))
if (unknown.length > 0) {
  refuseOption(usage, `--without knows ${troubles.join(', ')}, and not ${unknown.join(', ')}`)
}
const off = (listOf(values.without) ?? []).filter(isTrouble)
const failed =
  values.replay === undefined
    ? // Without a seed, one that nobody chose: every line names the seeds.
      await soak(
        number('minutes', values.minutes),
        whole('seed', values.seed ?? String(Date.now() % 2 ** 31)),
      )
    : await replay({
        seed: whole('replay', values.replay),
        off,
        ...(clients === undefined ? {} : { clients }),
        ...rounds,
      })
process.exitCode = failed === 0 ? 0 : 1
