import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { demoKeys } from '../local/demo/seed-demo.ts'

/** The local product as a process of its own, on a free port, with everything embedded and in memory. */
export interface BenchedProduct {
  /** Calls its API with the demo's secret key; throws unless it answers with success. */
  readonly call: (path: string, body: object) => Promise<Record<string, unknown>>
  /** The same, but answers the status instead. */
  readonly ask: (path: string, body: object) => Promise<number>
  /** What it logged so far. */
  readonly lines: Record<string, unknown>[]
  readonly stop: () => Promise<void>
}

const main = fileURLToPath(new URL('../local/main.ts', import.meta.url))

/** Starts one, and waits until it is ready. */
export async function startProduct(): Promise<BenchedProduct> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH, HOME, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines: Record<string, unknown>[] = []
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (text) => {
      const ready = /^Holdfast is ready at (\S+)/.exec(text)?.[1]
      if (ready !== undefined) resolve(ready)
      if (text.startsWith('{')) lines.push(JSON.parse(text) as Record<string, unknown>)
    })
    void ended.then(() => {
      reject(new Error('The local product ended before it was ready'))
    })
  })
  const post = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'X-Api-Key': demoKeys.secret },
      body: JSON.stringify(body),
    })
  return {
    lines,
    call: async (path, body) => {
      const answer = await post(path, body)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`POST ${path} was answered ${answer.status}: ${text}`)
      return JSON.parse(text) as Record<string, unknown>
    },
    ask: async (path, body) => {
      const answer = await post(path, body)
      await answer.arrayBuffer()
      return answer.status
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
