import { readScript, refuseOption } from '../../../local/options.ts'

const usage = `Usage: npm run histories -- [options]

  --minutes N      How long; 1 unless given.
  --seed N         The first seed.
  --replay SEED    Play this one history, and print all that happened.
  --help           Print this.
`

// `npm run histories -- --minutes N --seed S`: plays histories of seasons from S on for N minutes, and says which failed.
// `npm run histories -- --replay S`: plays one, and prints each request with its answer, and what was wrong.

const values = readScript({
  usage,
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    replay: { type: 'string' },
  },
})

// Read only now: whoever asks for help, or mistypes an option, need not wait for it.
const { playHistory } = await import('./driver/history.ts')

function number(name: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  refuseOption(usage, `--${name} must be a number, not ${text}`)
}

async function playOne(seed: number): Promise<number> {
  const { faults } = await playHistory({ seed, onStep: console.log })
  for (const fault of faults) console.log(`\n${fault}`)
  return faults.length
}

async function soak(minutes: number, from: number): Promise<number> {
  const began = performance.now()
  const endsAt = began + minutes * 60_000
  const sums = { histories: 0, requests: 0, accepted: 0, failed: 0 }
  for (let seed = from; performance.now() < endsAt; seed += 1) {
    const { faults, requests, accepted } = await playHistory({ seed }).catch((error: unknown) => ({
      faults: [error instanceof Error ? (error.stack ?? '') : String(error)],
      requests: 0,
      accepted: 0,
    }))
    sums.histories += 1
    sums.requests += requests
    sums.accepted += accepted
    if (faults.length === 0) continue
    sums.failed += 1
    console.log(`seed ${seed}: ${faults[0] ?? ''}\n`)
  }
  console.log(JSON.stringify({ ...sums, seconds: Math.round((performance.now() - began) / 1_000) }))
  return sums.failed
}

const failed =
  values.replay === undefined
    ? await soak(
        number('minutes', values.minutes),
        number('seed', values.seed ?? String(Date.now() % 2 ** 31)),
      )
    : await playOne(number('replay', values.replay))
process.exitCode = failed === 0 ? 0 : 1
