import { createEngine } from '@holdfast/dynamodb/engine'
import { serveDynamo } from '@holdfast/dynamodb/server'
import { readScript, refuseOption } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'

const usage = `Usage: npm run dynamodb -- [options]

  --port N    The port; 8000 unless given, any free one when it is 0.
  --help      Print this.
`

// `npm run dynamodb`: the embedded DynamoDB alone, empty and in memory, for trying things with the AWS CLI or an SDK.

const PORT_DEFAULT = '8000'
const SWEEP_MS = 10_000

async function main(): Promise<void> {
  try {
    const values = readScript({
      usage,
      options: { port: { type: 'string', default: PORT_DEFAULT } },
    })
    const port = Number(values.port)
    const isPort = /^[0-9]+$/.test(values.port) && port <= 65_535
    if (!isPort) refuseOption(usage, `--port must be a number from 0 to 65535, not ${values.port}`)
    const engine = await createEngine()
    const wire = await serveDynamo(engine, { port })
    const sweeping = setInterval(() => void engine.expireItems(), SWEEP_MS)
    const stop = async () => {
      clearInterval(sweeping)
      await wire.close()
      await engine.close()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
    process.stdout.write(`An embedded DynamoDB is ready at ${wire.url}\n`)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${describe(error)}\n`)
  }
}

function describe(error: unknown): string {
  const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
  return isTaken ? `${inWords(error)}: name another with --port` : inWords(error)
}

await main()
