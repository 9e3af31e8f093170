import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** How another program of the same user reaches a running local product; only that user may read it. */
export interface RunningProduct {
  /** What the SDK must find in the environment to speak to its table. */
  readonly environment: Readonly<Record<string, string>>
  readonly tableName: string
  readonly masterSecret: string
}

/** Leaves a note for other programs of this user, by the port; answers how to take it away. */
export async function announce(
  port: number,
  product: RunningProduct,
): Promise<() => Promise<void>> {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  const path = noteOf(port)
  await rm(path, { force: true })
  await writeFile(path, JSON.stringify(product), { mode: 0o600, flag: 'wx' })
  return () => rm(path, { force: true })
}

/** Finds the product on a port; undefined when there is no note of one. */
export async function findProduct(port: number): Promise<RunningProduct | undefined> {
  try {
    return JSON.parse(await readFile(noteOf(port), 'utf8')) as RunningProduct
  } catch {
    return undefined
  }
}

function folder(): string {
  return join(tmpdir(), `holdfast-${userInfo().username}`)
}

function noteOf(port: number): string {
  return join(folder(), `${port}.json`)
}
