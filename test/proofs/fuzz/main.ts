import { readScript, refuseOption } from '../../../local/options.ts'

const usage = `Usage: npm run fuzz -- [options]

  --requests N   How many; 3000 unless given.
  --seed N       What decides what is sent; any unless given.
  --help         Print this.
`

// `npm run fuzz -- --requests N --seed S`: sends N requests that the seed makes, and judges every answer.

const values = readScript({
  usage,
  options: { requests: { type: 'string', default: '3000' }, seed: { type: 'string' } },
})

// Read only now: whoever asks for help, or mistypes an option, need not wait for it.
const { fuzz } = await import('./run.ts')
const { writeReport } = await import('./report.ts')

/** A whole number of an option; refuses everything else. */
function whole(name: string, text: string, maximum: number): number {
  const value = Number(text)
  if (/^[0-9]+$/.test(text) && value <= maximum) return value
  refuseOption(usage, `--${name} must be a whole number up to ${maximum}, not ${text}`)
}

const requests = whole('requests', values.requests, 10_000_000)
// Without a seed, one that nobody chose: the report names it.
const seed = whole('seed', values.seed ?? String(Date.now() % 2 ** 31), 2 ** 53 - 1)
const report = await fuzz({ requests, seed })
console.log(writeReport(report))
process.exitCode = report.failed === 0 ? 0 : 1
