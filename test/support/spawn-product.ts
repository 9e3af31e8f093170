import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

/** The product as a process of its own. */
export interface Product {
  readonly process: ChildProcess
  /** Everything printed so far. */
  readonly output: () => string
  /** What of it went to standard error. */
  readonly errors: () => string
  /** Resolves with the base URL, or with undefined when it ended before it was ready. */
  readonly url: Promise<string | undefined>
  readonly ended: Promise<number | null>
}

/** What it finds where it starts. */
export interface Surroundings {
  readonly env?: Record<string, string>
  /** The longest file it can write, as on a disk that is full from then on. */
  readonly fileBytesMax?: number
}

/** The unit of `ulimit -f`. */
const BLOCK_BYTES = 512

/** Starts the product as `npm start` does, with nothing of AWS in its environment. */
export function spawnProduct(
  args: string[] = [],
  { env = {}, fileBytesMax }: Surroundings = {},
): Product {
  const { PATH = '', HOME = '' } = process.env
  const command = [process.execPath, '--import', 'tsx', main, ...args]
  const blocks = fileBytesMax === undefined ? 'unlimited' : `${fileBytesMax / BLOCK_BYTES}`
  // The signal is ignored, so that writing fails instead.
  const limited = ['-c', 'trap "" XFSZ; ulimit -f "$0"; exec "$@"', blocks, ...command]
  const child = spawn('sh', limited, { env: { PATH, HOME, PORT: '0', ...env } })
  let text = ''
  let errors = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const url = new Promise<string | undefined>((resolve) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      const found = /Holdfast is ready at (\S+)[\s\S]*\n\n/.exec(text)
      if (found !== null) resolve(found[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
      read(chunk)
    })
    void ended.then(() => {
      resolve(undefined)
    })
  })
  return { process: child, output: () => text, errors: () => errors, url, ended }
}
