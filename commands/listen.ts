import { parseArgs } from 'node:util'
import { systemClock } from '../lib/clock.ts'
import { OptionsError } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'
import { createReceiver } from './receiver.ts'
import { stopWithParent } from '../local/stop-with-parent.ts'

// `npm run listen`: a receiver of webhooks on this machine, to see what Holdfast sends.

const PORT_DEFAULT = 4000

/** Where the local product is unless said otherwise. */
const PRODUCT_PORT_DEFAULT = '3000'

const usage = `Usage: npm run listen -- [options]

Receives webhooks on this machine, verifies them and prints each on a line. Register http://localhost:${PORT_DEFAULT}/ at a
Holdfast that runs here (npm start), then start this with the secret that the registration answered.

  --port N         The port; ${PORT_DEFAULT} when it is not given, any free one when it is 0.
  --product N      The port of the Holdfast here, which is asked to send at once what waits for this receiver; PORT or 3000
                   when it is not given.
  --secret TEXT    The endpoint's secret, whsec_…; without it nothing is verified.
  --help           Print this.
`

interface Options {
  readonly port: number
  readonly product: number
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

function listen({ port, product, secret }: Options): void {
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
    void callForNotices(product, bound)
  })
}

/** Notices may wait for a receiver that was not there. Where the product cannot be asked, they come when it tries again. */
async function callForNotices(product: number, bound: number): Promise<void> {
  try {
    // Only now: the receiver does not wait for all that this brings.
    const { callWaiting } = await import('./call-waiting.ts')
    for (const line of await callWaiting(process.env, {
      productPort: product,
      receiverPort: bound,
    }))
      print(line)
  } catch (error) {
    print(`The Holdfast on port ${product} could not be asked for what waits: ${String(error)}`)
  }
}

function readOptions(args: string[]): Options | 'help' {
  const { port = String(PORT_DEFAULT), product, secret, help } = parse(args)
  if (help === true) return 'help'
  const ports = {
    port: readPort('--port', port),
    product: readPort('--product', product ?? process.env['PORT'] ?? PRODUCT_PORT_DEFAULT),
  }
  if (secret !== undefined && !/^whsec_[A-Za-z0-9+/]+=*$/.test(secret)) {
    throw new OptionsError("--secret must be an endpoint's secret, which begins with whsec_")
  }
  return { ...ports, secret }
}

function readPort(name: string, text: string): number {
  if (/^[0-9]+$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new OptionsError(`${name} must be a number from 0 to 65535, not ${text}`)
}

function parse(args: string[]): {
  port?: string
  product?: string
  secret?: string
  help?: boolean
} {
  try {
    const text = { type: 'string' } as const
    const options = { port: text, product: text, secret: text, help: { type: 'boolean' } } as const
    return parseArgs({ args, options }).values
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
