import { parseArgs } from 'node:util'
import { systemClock } from '../lib/clock.ts'
import { OptionsError } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'
import { createReceiver } from './receiver.ts'
import { stopWithParent } from '../local/stop-with-parent.ts'

// `npm run listen`: a receiver of webhooks on this machine, to see what Holdfast sends.

const PORT_DEFAULT = 4000

const usage = `Usage: npm run listen -- [options]

Receives webhooks on this machine, verifies them and prints each on a line. Register http://localhost:${PORT_DEFAULT}/ at a
Holdfast that runs here (npm start), then start this with the secret that the registration answered.

  --port N         The port; ${PORT_DEFAULT} when it is not given, any free one when it is 0.
  --secret TEXT    The endpoint's secret, whsec_…; without it nothing is verified.
  --help           Print this.
`

interface Options {
  readonly port: number
  readonly secret: string | undefined
}

function main(): void {
  try {
    const options = readOptions(process.argv.slice(2))
    if (options === 'help') process.stdout.write(usage)
    else listen(options)
  } catch (error) {
    fail(error instanceof OptionsError ? error.message : String(error))
  }
}

function listen({ port, secret }: Options): void {
  const server = createReceiver({ secret, clock: systemClock, print })
  server.on('error', (error: NodeJS.ErrnoException) => {
    const isTaken = error.code === 'EADDRINUSE'
    fail(isTaken ? `Port ${port} is taken: name another one with --port` : inWords(error))
  })
  stopWithParent(() => {
    process.exit()
  })
  server.listen(port, 'localhost', () => {
    const address = server.address()
    const bound = typeof address === 'object' && address !== null ? address.port : port
    print(`Listening at http://localhost:${bound}/`)
    if (secret === undefined) print('Signatures are not verified: start with --secret whsec_…')
  })
}

function readOptions(args: string[]): Options | 'help' {
  const { port = String(PORT_DEFAULT), secret, help } = parse(args)
  if (help === true) return 'help'
  if (!/^[0-9]+$/.test(port) || Number(port) > 65_535) {
    throw new OptionsError(`--port must be a number from 0 to 65535, not ${port}`)
  }
  if (secret !== undefined && !/^whsec_[A-Za-z0-9+/]+=*$/.test(secret)) {
    throw new OptionsError("--secret must be an endpoint's secret, which begins with whsec_")
  }
  return { port: Number(port), secret }
}

function parse(args: string[]): { port?: string; secret?: string; help?: boolean } {
  try {
    const text = { type: 'string' } as const
    return parseArgs({ args, options: { port: text, secret: text, help: { type: 'boolean' } } })
      .values
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    throw new OptionsError(`${message}\n\n${usage}`, { cause: error })
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(message: string): void {
  process.exitCode = 1
  process.stderr.write(`${message}\n`)
}

main()
